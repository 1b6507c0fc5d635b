import java.time.Duration;

/// How long everything takes.
///
/// @param warmUp load on the gateway before the first figure
/// @param again the same before the second provider's
/// @param rounds of nginx and the gateway in turn, for the first provider
/// @param roundsAgain the same for the second
/// @param load one measurement
/// @param starts of each way to start
/// @param few a load of some fifty requests a second, from the first moment of a process
/// @param many requests after which the memory of a fresh process is read
record Plan(
        Duration warmUp,
        Duration again,
        int rounds,
        int roundsAgain,
        Duration load,
        int starts,
        Duration few,
        int many) {

    private static final Plan USUAL = new Plan(
            Duration.ofSeconds(70),
            Duration.ofSeconds(20),
            5,
            3,
            Duration.ofSeconds(8),
            5,
            Duration.ofSeconds(60),
            100_000);
    private static final Plan QUICK = new Plan(
            Duration.ofSeconds(10),
            Duration.ofSeconds(5),
            2,
            1,
            Duration.ofSeconds(2),
            1,
            Duration.ofSeconds(5),
            10_000);

    static Plan of(Options options) {
        Plan plan = options.quick() ? QUICK : USUAL;
        if (options.rounds() == 0) {
            return plan;
        }
        int rounds = options.rounds();
        return new Plan(plan.warmUp, plan.again, rounds, rounds, plan.load, plan.starts, plan.few, plan.many);
    }
}
