package io.unpost.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.Dialect;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.WireResponse;
import io.unpost.gateway.engine.Exchange;
import io.unpost.gateway.engine.FakeDialect;
import io.unpost.gateway.engine.SignedRequest;
import io.unpost.gateway.engine.Transport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A provider that answers as a test says, with a dialect that reads its answers as the test means them.
///
/// It plays one step for each request, and the last one for all that follow; before it is told anything it fails.
final class FakeProvider implements Transport {

    /// What comes of one request.
    record Step(Exchange exchange, Supplier<Verdict> reading) {}

    private final Deque<Step> script = new ArrayDeque<>();
    private final List<SignedRequest> sent = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();
    private final StoppedTime time = new StoppedTime();
    private Supplier<Verdict> reading = () -> {
        throw new AssertionError("nothing was answered");
    };

    /// Forgets what was, and plays these steps from now on; without any, a request is a mistake.
    synchronized void plays(Step... steps) {
        script.clear();
        script.addAll(Arrays.asList(steps));
        sent.clear();
        limits.clear();
        if (steps.length > 0) {
            time.forget();
        }
    }

    /// Answers everything with this verdict.
    void says(Verdict verdict) {
        plays(answer(verdict));
    }

    /// Confirms every delete of this id by an echo.
    void deletes(String id) {
        says(Verdict.Deleted.echo(item(id), new ProviderSays(200, null, null, null)));
    }

    synchronized List<SignedRequest> sent() {
        return List.copyOf(sent);
    }

    /// How long each request was allowed to take.
    synchronized List<Duration> limits() {
        return List.copyOf(limits);
    }

    /// The time of a gateway before this.
    StoppedTime time() {
        return time;
    }

    Dialect dialect() {
        return new FakeDialect((_, _) -> reading());
    }

    @Override
    public synchronized Exchange send(SignedRequest request, Duration connect, Duration limit) {
        sent.add(request);
        limits.add(limit);
        if (script.isEmpty()) {
            throw new AssertionError("the provider must not be called");
        }
        Step step = script.size() > 1 ? script.removeFirst() : script.getFirst();
        reading = step.reading();
        return step.exchange();
    }

    private synchronized Verdict reading() {
        return reading.get();
    }

    static Step answer(Verdict verdict) {
        return answer(verdict, "");
    }

    static Step answer(Verdict verdict, String body) {
        return answer(verdict, body.getBytes(UTF_8));
    }

    static Step answer(Verdict verdict, byte[] body) {
        return new Step(
                new Exchange.Answered(new WireResponse(verdict.says().status(), Map.of(), body, StoppedTime.NOW)),
                () -> verdict);
    }

    static Step neverLeft(String why) {
        return new Step(new Exchange.NeverLeft(why), () -> {
            throw new AssertionError("nothing was answered");
        });
    }

    static Step noAnswer(String why) {
        return new Step(new Exchange.NoAnswer(why), () -> {
            throw new AssertionError("nothing was answered");
        });
    }

    /// A thing of which the provider says nothing but its id.
    static Item item(String id) {
        return new Item(id, null, null, null, null, new Item.Counts(null, null, null), null);
    }
}
