import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Where it is measured.
///
/// @param server the core of the gateway, or of nginx in its place
/// @param others the core of the load and the providers
record Machine(int server, int others) {

    /// @param wanted two cores, or none for the first two that this process may use
    static Machine of(List<Integer> wanted) {
        for (String tool : List.of("taskset", "nginx", "wrk")) {
            if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .noneMatch(folder -> Files.isExecutable(Path.of(folder, tool)))) {
                throw new Failure(tool + " is missing");
            }
        }
        List<Integer> cores = allowed();
        if (cores.size() < 2) {
            throw new Failure("it needs two cores: one for the gateway, one for the load");
        }
        if (!cores.containsAll(wanted)) {
            throw new Failure("there are only the cores " + cores);
        }
        return wanted.isEmpty() ? new Machine(cores.get(0), cores.get(1)) : new Machine(wanted.get(0), wanted.get(1));
    }

    /// As in "0-3,8".
    private static List<Integer> allowed() {
        var cores = new ArrayList<Integer>();
        for (String range : value("/proc/self/status", "Cpus_allowed_list").split(",")) {
            String[] ends = range.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    /// Moves this process, which does little, from the core of what is measured.
    void leave(Programs programs) {
        String own = Long.toString(ProcessHandle.current().pid());
        programs.output(others, "taskset.out", List.of("taskset", "-a", "-c", "-p", Integer.toString(others), own));
    }

    String text(Programs programs) {
        String nginx =
                programs.output(others, "nginx.out", List.of("nginx", "-v")).replaceAll("(?s).*nginx/(\\S+).*", "$1");
        // It gives its version and its usage, and calls that a mistake.
        String wrk = programs.output(others, "wrk.out", List.of("sh", "-c", "wrk -v || true"))
                .replaceAll("(?s)wrk (\\S+).*", "$1");
        double memory = Long.parseLong(value("/proc/meminfo", "MemTotal").replaceAll("[^0-9]", "")) / 1024.0 / 1024;
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.1f GiB, Linux %s, JDK %s (%s), nginx %s, wrk %s; load average before: %s",
                value("/proc/cpuinfo", "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.version"),
                Runtime.version(),
                System.getProperty("java.vendor"),
                nginx,
                wrk,
                load());
    }

    /// How many programs ran or waited for a core in the last minute: well above 0, they disturb the figures.
    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String value(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
