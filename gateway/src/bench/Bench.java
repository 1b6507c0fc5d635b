import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Measures the gateway against nginx as a plain proxy to the same provider, and checks that every answer was right.
///
/// It runs from its sources in the root of a checkout, on a jar that was built: `./unpost bench` does both.
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("unpost: " + e.getMessage() + "\n" + Options.USAGE);
            System.exit(2);
            return;
        }
        var programs = new Programs();
        try {
            measure(options, programs);
        } catch (Failure e) {
            if (!programs.closed()) {
                System.err.println("unpost: the benchmark failed: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private static void measure(Options options, Programs programs) {
        Machine machine = Machine.of(options.cores());
        String where = machine.text(programs);
        machine.leave(programs);
        System.out.println(where);
        if (options.quick()) {
            System.out.println("A quick run: its figures are rough, and not for quoting.");
        }
        var run = new Run(programs, machine, Plan.of(options));
        Map<Provider, Table> tables = run.againstNginx();
        List<Table> packaging = run.packaging();
        List<Table> all =
                Stream.concat(tables.values().stream(), packaging.stream()).toList();
        all.forEach(table -> System.out.println("\n" + table.text()));
        System.out.println("Medians, and the least and greatest of the rounds. The ratio is that of each round.");
        if (options.write()) {
            var documentation = new Documentation(Path.of("docs/benchmarks.md"), Path.of("docs/benchmarks.svg"));
            documentation.write(markdown(where, all), chart(tables).svg());
            System.out.println("Written to " + documentation.page() + " and " + documentation.picture() + ".");
        }
    }

    private static String markdown(String where, List<Table> tables) {
        var text = new StringBuilder("\n" + LocalDate.now(ZoneOffset.UTC) + ", " + where + "\n");
        tables.forEach(table -> text.append('\n').append(table.markdown()));
        return text.append('\n').toString();
    }

    private static Chart chart(Map<Provider, Table> tables) {
        return new Chart(
                "Unpost against nginx as a plain proxy",
                "nginx = 1",
                List.of(
                        group(tables, "throughput, 32 connections", "more is better"),
                        group(tables, "p50, 1 connection", "less is better"),
                        group(tables, "p99, 32 connections", "less is better"),
                        group(tables, "CPU per request, 32 connections", "less is better")));
    }

    private static Chart.Group group(Map<Provider, Table> tables, String what, String better) {
        return new Chart.Group(
                what,
                better,
                tables.entrySet().stream()
                        .map(entry -> new Chart.Bar(
                                entry.getKey().title, entry.getValue().ratio(what)))
                        .toList());
    }
}
