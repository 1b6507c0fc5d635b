package io.unpost.gateway.engine;

import io.unpost.dialect.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// A transport that plays a script, one step for each request, and the last one for all that follow.
final class ScriptedTransport implements Transport {

    /// What comes of one request.
    interface Step {
        Exchange play();
    }

    private final Deque<Step> script;
    private final List<SignedRequest> sent = new ArrayList<>();
    private final List<Duration> limits = new ArrayList<>();

    ScriptedTransport(Step... script) {
        this.script = new ArrayDeque<>(Arrays.asList(script));
    }

    @Override
    public synchronized Exchange send(SignedRequest request, Duration connect, Duration limit) {
        sent.add(request);
        limits.add(limit);
        Step step = script.size() > 1 ? script.removeFirst() : script.getFirst();
        return step.play();
    }

    synchronized List<SignedRequest> sent() {
        return List.copyOf(sent);
    }

    synchronized List<Duration> limits() {
        return List.copyOf(limits);
    }

    static Step answer(int status, Map<String, String> headers) {
        return () -> new Exchange.Answered(new WireResponse(
                status, headers, ("status " + status).getBytes(StandardCharsets.UTF_8), FakeTime.START));
    }

    static Step answer(int status) {
        return answer(status, Map.of());
    }

    static Step neverLeft() {
        return () -> new Exchange.NeverLeft("the connection was refused");
    }

    static Step noAnswer() {
        return () -> new Exchange.NoAnswer("the connection was reset");
    }
}
