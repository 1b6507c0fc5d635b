import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes load by wrk: as many connections as there should be, each asking again when it is answered.
final class Load {

    private static final Pattern FIGURES = Pattern.compile("(?m)^figures (\\d+) (\\d+) (\\d+) (\\d+) (\\d+)$");

    private final Programs programs;
    private final int core;
    private final Path script;
    /// Ids of different runs differ, as those within a run do.
    private int runs = 1_000_000;

    Load(Programs programs, int core, Path script) {
        this.programs = programs;
        this.core = core;
        this.script = script.toAbsolutePath();
    }

    /// @param method the verb
    /// @param before the path before the id
    /// @param after the path and query after it
    record Call(String method, String before, String after, String authorization) {}

    /// What came of it.
    ///
    /// @param requests how many were answered
    /// @param perSecond answers in a second
    /// @param median the time of an answer in microseconds, of half of them
    /// @param slow the time that one in a hundred takes longer than
    /// @param processor the server's time on its core for each request, in microseconds
    /// @param busy for how much of the time its core was the server's, in percent
    record Result(long requests, double perSecond, double median, double slow, double processor, double busy) {}

    /// How much is asked for.
    ///
    /// @param rest how long a connection waits before it asks again
    record Amount(int connections, Duration rest, Duration time) {

        /// As much as there can be.
        Amount(int connections, Duration time) {
            this(connections, Duration.ZERO, time);
        }
    }

    Result run(Server server, Call call, Amount amount) {
        runs++;
        List<String> command = List.of(
                "wrk",
                "-t1",
                "-c" + amount.connections,
                "-d" + amount.time.toSeconds() + "s",
                "-s",
                script.toString(),
                "-H",
                "Authorization: " + call.authorization,
                "http://127.0.0.1:" + server.port(),
                "--",
                call.method,
                call.before + runs,
                call.after,
                Long.toString(amount.rest.toMillis()));
        Duration before = server.processorTime();
        String printed = programs.output(core, "wrk.out", command);
        double micros = server.processorTime().minus(before).toNanos() / 1e3;
        Matcher figures = FIGURES.matcher(printed);
        if (!figures.find()) {
            throw new Failure("wrk gave no figures: " + printed);
        }
        long requests = Long.parseLong(figures.group(1));
        double took = Double.parseDouble(figures.group(2));
        if (requests == 0 || !figures.group(5).equals("0")) {
            throw new Failure("not every answer was right: " + printed);
        }
        return new Result(
                requests,
                requests / took * 1e6,
                Double.parseDouble(figures.group(3)),
                Double.parseDouble(figures.group(4)),
                micros / requests,
                100 * micros / took);
    }
}
