package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.NOTHING_ELSE;

import io.unpost.gateway.Provider;
import io.unpost.gateway.battery.Finding.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/// Judges each operation once its providers are through with it, and forgets it there and here, so that a run need not
/// fit into memory.
///
/// What reaches a provider after that is nothing that anybody asked for, and is found in the end.
final class Examiner {

    /// The audit log says that something is to be deleted.
    static final String INTENT = "intent";

    /// After an answer; longer than an attempt, so that none is under way.
    private static final Duration GRACE = Duration.ofSeconds(15);
    /// How many findings are kept in words.
    private static final int SHOWN = 100;

    private final List<Provider> providers;
    private final Checker checker;
    private final Queue<Answered> waiting = new ConcurrentLinkedQueue<>();
    private final Map<String, List<String>> audited = new ConcurrentHashMap<>();
    private final List<Operation> lost = new ArrayList<>();
    private final Map<Rule, Integer> counts = new EnumMap<>(Rule.class);
    private final List<Finding> shown = new ArrayList<>();
    private long examined;
    private long sends;
    private int mostSends;

    Examiner(List<Provider> providers) {
        this.providers = providers;
        this.checker = new Checker(providers);
    }

    /// Takes one that was answered.
    void add(Answered answered) {
        waiting.add(answered);
    }

    /// Takes a line of the audit log.
    ///
    /// @param what [#INTENT], or what was claimed
    void audited(String id, String what) {
        audited.computeIfAbsent(id, _ -> new CopyOnWriteArrayList<>()).add(what);
    }

    /// Takes one that nobody answered.
    synchronized void lost(Operation operation, Throwable why) {
        lost.add(operation);
        add(List.of(new Finding(Rule.ONE_ANSWER, operation + " has none: " + why)));
    }

    synchronized void add(List<Finding> findings) {
        findings.forEach(each -> counts.merge(each.rule(), 1, Integer::sum));
        findings.stream().limit(SHOWN - shown.size()).forEach(shown::add);
    }

    /// Judges those whose time has come.
    void examine() {
        examine(Instant.now().minus(GRACE));
    }

    /// Judges all the rest, and what the providers were sent besides.
    void finish() throws InterruptedException {
        Thread.sleep(GRACE);
        examine(Instant.MAX);
        synchronized (this) {
            add(checker.ofSends(lost));
            lost.forEach(operation -> audited.remove(operation.id()));
            audited.forEach((id, lines) -> add(List.of(new Finding(NOTHING_ELSE, id + " was audited: " + lines))));
        }
    }

    private synchronized void examine(Instant until) {
        var settled = new ArrayList<Answered>();
        for (Answered next = waiting.peek(); next != null && next.to().isBefore(until); next = waiting.peek()) {
            settled.add(waiting.remove());
        }
        add(checker.ofClaims(settled.stream().map(Answered::claim).toList()));
        settled.forEach(this::judge);
    }

    private void judge(Answered answered) {
        List<String> lines = audited.remove(answered.operation().id());
        if (!List.of(INTENT, answered.claim().toString()).equals(lines)) {
            add(List.of(new Finding(Rule.ONE_ANSWER, "the audit log says " + lines + " about " + answered)));
        }
        add(Shape.findings(answered));
        add(Shape.secrets(answered.told()).toList());
        Operation operation = answered.operation();
        add(checker.ofSends(operation.id(), List.of(operation)));
        int mine = 0;
        for (Provider provider : providers) {
            mine += provider.sends(operation.id());
            provider.forget(operation.id());
        }
        examined++;
        sends += mine;
        mostSends = Math.max(mostSends, mine);
    }

    synchronized long examined() {
        return examined;
    }

    synchronized double sendsEach() {
        return examined == 0 ? 0 : (double) sends / examined;
    }

    synchronized int mostSends() {
        return mostSends;
    }

    synchronized int count(Rule rule) {
        return counts.getOrDefault(rule, 0);
    }

    /// The first of all findings.
    synchronized List<Finding> findings() {
        return List.copyOf(shown);
    }
}
