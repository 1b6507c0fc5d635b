package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.HEALED;
import static io.unpost.gateway.battery.Finding.Rule.ONE_ANSWER;
import static io.unpost.gateway.battery.Finding.Rule.TRUE_CLAIMS;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.unpost.gateway.Call;
import io.unpost.gateway.Gateway;
import io.unpost.gateway.Logs;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Provider.Script;
import io.unpost.gateway.audit.AuditLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/// One row under way: a provider of each dialect, a gateway, what was asked of it, and what it told.
final class Row implements AutoCloseable {

    /// What a row does to its providers, and what it expects besides that which holds in every row.
    @FunctionalInterface
    interface Trial {
        void of(Row row) throws Exception;
    }

    private static final int CALLERS = 64;
    private static final int FEW = 8;
    private static final int HEALTHY = 112;
    private static final double HEALED_SHARE = 0.99;
    /// Far longer than any delete may last.
    private static final Duration LEAK = Duration.ofSeconds(30);

    private final Load load;
    private final long seed;
    private final Provider twitter = new Provider();
    private final Provider weibo = Provider.weibo();
    private final Logs logs = Logs.of(Map.of());
    private final Path accountsFile;
    private final Gateway gateway;
    private final List<Operation> asked = new ArrayList<>();
    private final List<Operation> left = new ArrayList<>();
    private final List<Answered> answered = new ArrayList<>();
    private final List<Claim> untried = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private boolean namingOthers;

    /// @param seed that of all chance
    Row(Load load, long seed, Path folder) throws IOException {
        this.load = load;
        this.seed = seed;
        this.accountsFile = folder.resolve("accounts.yml");
        this.gateway = started(folder);
    }

    private Gateway started(Path folder) throws IOException {
        try {
            return Gateway.with("sidecar", folder, load.accounts(twitter, weibo), load.settings());
        } catch (RuntimeException | IOException e) {
            // The next row collects the log of its own gateway.
            logs.close();
            throw e;
        }
    }

    long seed() {
        return seed;
    }

    Gateway gateway() {
        return gateway;
    }

    /// The file that the gateway has its accounts from.
    Path accountsFile() {
        return accountsFile;
    }

    /// Every delete of the load.
    List<Operation> all() {
        return load.all();
    }

    List<Provider> providers() {
        return List.of(twitter, weibo);
    }

    /// What both providers do from now on.
    void does(Script script) {
        providers().forEach(provider -> provider.does(script));
    }

    /// Asks for all that the load holds.
    List<Answered> deleteAll() throws InterruptedException {
        return delete(all());
    }

    /// Asks for these, many at once.
    List<Answered> delete(List<Operation> operations) throws InterruptedException {
        return delete(operations, CALLERS, () -> {});
    }

    /// Asks for all that the load holds, many at once and evenly spread over so much of the gateway's time.
    List<Answered> deleteAllWithin(Duration time) throws InterruptedException {
        List<Operation> all = all();
        return delete(all, CALLERS, () -> gateway.pass(time.dividedBy(all.size())));
    }

    private List<Answered> delete(List<Operation> operations, int atOnce, Runnable before) throws InterruptedException {
        var free = new Semaphore(atOnce);
        var told = new LinkedHashMap<Operation, Future<Answered>>();
        asked.addAll(operations);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Operation operation : operations) {
                free.acquire();
                before.run();
                told.put(operation, callers.submit(() -> {
                    try {
                        Instant from = Instant.now();
                        return new Answered(operation, gateway.deleteAt(operation.path()), from, Instant.now());
                    } finally {
                        free.release();
                    }
                }));
            }
        }
        var answers = new ArrayList<Answered>();
        for (var each : told.entrySet()) {
            try {
                answers.add(each.getValue().get());
            } catch (ExecutionException e) {
                findings.add(new Finding(ONE_ANSWER, each.getKey() + " has none: " + e.getCause()));
            }
        }
        answered.addAll(answers);
        return answers;
    }

    /// Lets the providers be well again and so much time pass, and has every account find that out.
    void recover(Duration time) throws InterruptedException {
        does(Call::obey);
        gateway.pass(time);
        for (Operation probe : load.probes()) {
            delete(List.of(probe));
        }
    }

    /// Takes note of what a trial asked for by itself.
    void asked(Operation operation) {
        asked.add(operation);
    }

    /// Takes note of a caller who left before it was told.
    void left(Operation operation) {
        asked.add(operation);
        left.add(operation);
    }

    /// Takes note of what a trial was told, beside what it has from [#delete(List)].
    void told(List<Answered> told) {
        answered.addAll(told);
    }

    /// Takes note of an answer that nothing was tried for, so that metrics alone know of it.
    void untried(Answered told) {
        untried.add(told.claim());
    }

    /// Takes note that its providers confirm other deletes than they were asked for.
    void namesOthers() {
        namingOthers = true;
    }

    /// Adds a figure to the row's line in the table.
    void shows(String figure) {
        shown.add(figure);
    }

    /// What was measured beside that which is measured in every row.
    List<String> shown() {
        return shown;
    }

    /// Lets the providers be well again, and says what went wrong in all.
    ///
    /// @param slowest how long the slowest hundredth of the calls may take at least
    List<Finding> findings(Duration slowest) throws InterruptedException, JsonProcessingException {
        Figures figures = figures();
        does(Call::obey);
        List<Answered> healthy = delete(load.others(HEALTHY), FEW, () -> {});
        long well = healthy.stream()
                .filter(each -> each.told().at("/outcome").equals("deleted"))
                .count();
        if (well < HEALED_SHARE * healthy.size()) {
            findings.add(new Finding(HEALED, well + " of " + healthy.size() + ": " + healthy));
        }
        List<Claim> told = answered.stream().map(Answered::claim).toList();
        var checker = new Checker(providers());
        findings.addAll(checker.ofClaims(told));
        findings.addAll(checker.ofSends(asked));
        ofAudit(checker, told);
        ofMetrics(Stream.concat(told.stream(), untried.stream()).toList());
        answered.forEach(each -> {
            findings.addAll(Shape.findings(each));
            findings.addAll(Shape.secrets(each.told()).toList());
        });
        logs.lines().forEach(line -> findings.addAll(Shape.secrets(line).toList()));
        findings.addAll(figures.hangs(slowest, load.call(), CALLERS).toList());
        return findings;
    }

    /// The audit log says what the callers were told, no more and no less.
    private void ofAudit(Checker checker, List<Claim> told) throws InterruptedException, JsonProcessingException {
        var audit = gateway.context().getBean(AuditLines.class);
        try {
            audit.await(2 * (told.size() + left.size()));
        } catch (AssertionError e) {
            findings.add(new Finding(ONE_ANSWER, "in the audit log " + e.getMessage()));
        }
        List<Claim> claims = Audited.claims(audit.lines());
        // The times of a gateway whose clock jumps are no measure.
        if (!load.settings().containsKey(RowTime.PROPERTY)) {
            findings.addAll(checker.ofClaims(claims));
        }
        findings.addAll(Audited.findings(claims, told, left.size()).toList());
        audit.lines().forEach(line -> findings.addAll(Shape.secrets(line).toList()));
    }

    /// Each call is counted once, and there is no false alarm.
    private void ofMetrics(List<Claim> told) {
        String metrics = metrics();
        var counted = new Counted(metrics);
        findings.addAll(counted.findings(told, left.size()).toList());
        if (!namingOthers && counted.mismatches() > 0) {
            findings.add(new Finding(TRUE_CLAIMS, "the alarm of other deletes was raised: " + counted.mismatches()));
        }
        findings.addAll(Shape.secrets(metrics).toList());
    }

    /// What the gateway shows of itself.
    String metrics() {
        return gateway.get("/prometheus").body();
    }

    /// How many deletes are under way, a line for each account, once none is or after a time that only a hang takes.
    List<String> inFlight() {
        Instant latest = Instant.now().plus(LEAK);
        List<String> lines;
        do {
            lines = metrics()
                    .lines()
                    .filter(line -> line.startsWith("unpost_deletes_in_flight{"))
                    .toList();
            // The last of them may end in the moment after its caller was told.
        } while (lines.stream().anyMatch(line -> !line.endsWith(" 0.0"))
                && Instant.now().isBefore(latest));
        return lines;
    }

    /// The figures so far.
    Figures figures() {
        return Figures.of(answered, providers());
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        twitter.close();
        weibo.close();
        logs.close();
    }
}
