import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What was asked for on the command line.
///
/// @param quick a run of two minutes, whose figures are rough
/// @param write whether the figures replace those in the documentation
/// @param rounds 0 for as many as usual
/// @param cores that of the gateway or nginx, that of the load and the providers; empty for the first two
record Options(boolean quick, boolean write, int rounds, List<Integer> cores) {

    static final String USAGE = """
        Usage: ./unpost bench [--quick] [--write] [--rounds=N] [--cores=A,B]

          --quick       two minutes instead of fifteen; rough figures, not for quoting
          --write       writes them into docs/benchmarks.md and docs/benchmarks.svg
          --rounds=N    of nginx and the gateway in turn: 1 to 99 (usual: 5)
          --cores=A,B   A runs nginx or the gateway, B the load and the providers (usual: the first two)
        """;

    private static final Pattern ROUNDS = Pattern.compile("--rounds=([1-9][0-9]?)");
    private static final Pattern CORES = Pattern.compile("--cores=([0-9]{1,4}),([0-9]{1,4})");

    /// @throws IllegalArgumentException naming what is wrong
    static Options of(String... arguments) {
        var options = new Options(false, false, 0, List.of());
        for (String argument : arguments) {
            options = options.with(argument);
        }
        if (options.quick && options.write) {
            throw new IllegalArgumentException("--quick figures are not for the documentation");
        }
        return options;
    }

    private Options with(String argument) {
        Matcher number = ROUNDS.matcher(argument);
        Matcher pair = CORES.matcher(argument);
        if (argument.equals("--quick")) {
            return new Options(true, write, rounds, cores);
        }
        if (argument.equals("--write")) {
            return new Options(quick, true, rounds, cores);
        }
        if (number.matches()) {
            return new Options(quick, write, Integer.parseInt(number.group(1)), cores);
        }
        if (pair.matches() && !pair.group(1).equals(pair.group(2))) {
            List<Integer> two = List.of(Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
            return new Options(quick, write, rounds, two);
        }
        throw new IllegalArgumentException("not an option: " + argument);
    }
}
