package io.unpost.gateway.battery;

import static org.assertj.core.api.Assertions.assertThat;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Form;
import io.unpost.gateway.Gateway;
import io.unpost.gateway.Logs;
import io.unpost.gateway.Provider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Connections that are reset once they are there, before a byte of a request is read.
@Tag("battery")
@Timeout(600)
@ExtendWith(Battery.Resolver.class)
final class UnreadTest {

    private static final int AT_ONCE = 64;
    private static final int ATTEMPTS = 3;
    /// As long to connect as for the whole call: a connection whose end goes unnoticed takes all of it.
    private static final Duration AMPLE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    /// Each account has a [Front] of its own and asks for one delete after the other, each attempt over another
    /// connection: so it is known what befalls each.
    @Test
    void requestThatNobodyReadIsTriedAgain(Battery battery) throws Exception {
        Load load = Load.of(Form.all().toList(), battery.scaled(1_000)).within(AMPLE, AMPLE);
        Map<String, List<Operation>> byAccount = load.all().stream().collect(Collectors.groupingBy(Operation::account));
        var fronts = new ArrayList<Front>();
        try (var twitter = new Provider();
                var weibo = Provider.weibo();
                var logs = Logs.of(Map.of())) {
            List<Provider> providers = List.of(twitter, weibo);
            providers.forEach(provider -> provider.does(UnreadTest::answerAndClose));
            String accounts = load.accounts(twitter, weibo);
            for (var each : byAccount.entrySet()) {
                Form form = each.getValue().getFirst().form();
                var front = new Front(
                        form.at(twitter, weibo).port(),
                        each.getValue().stream()
                                .map(operation -> resets(battery.seed(), operation))
                                .toList());
                fronts.add(front);
                accounts = accounts.replaceFirst(
                        "( " + each.getKey() + ": .*127\\.0\\.0\\.1:)[0-9]+", "$1" + front.port());
            }
            try (var gateway = Gateway.with("sidecar", folder, accounts, Map.of())) {
                List<Answered> told = delete(gateway, byAccount.values());
                battery.line(
                        "RST before a byte of the request is read",
                        Figures.of(told, providers),
                        findings(told, load.all(), providers, logs),
                        0,
                        List.of(),
                        () -> assertThat(told)
                                .hasSize(load.all().size())
                                .allSatisfy(each -> isDeletedOnce(each, providers)));
            }
        } finally {
            for (Front front : fronts) {
                front.close();
            }
        }
    }

    /// How many connections are reset before one is passed on: none, one or two.
    private static int resets(long seed, Operation operation) {
        long digits = Long.parseLong(operation.id().replaceAll("[^0-9]", ""));
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + digits).nextInt(ATTEMPTS);
    }

    /// Those of one account one after the other.
    private static List<Answered> delete(Gateway gateway, Collection<List<Operation>> byAccount) throws Exception {
        var answered = new ConcurrentLinkedQueue<Answered>();
        List<Callable<Void>> calls = byAccount.stream()
                .<Callable<Void>>map(operations -> () -> {
                    for (Operation operation : operations) {
                        Instant from = Instant.now();
                        answered.add(new Answered(operation, gateway.deleteAt(operation.path()), from, Instant.now()));
                    }
                    return null;
                })
                .toList();
        try (var callers =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            for (Future<Void> each : callers.invokeAll(calls)) {
                each.get();
            }
        }
        return List.copyOf(answered);
    }

    private static void isDeletedOnce(Answered each, List<Provider> providers) {
        assertThat(each.told().claim())
                .as("%s", each)
                .isEqualTo("deleted by " + each.operation().form().evidence());
        assertThat(providers.stream()
                        .mapToInt(provider -> provider.sends(each.operation().id()))
                        .sum())
                .as("%s", each)
                .isEqualTo(1);
    }

    private static List<Finding> findings(
            List<Answered> told, List<Operation> asked, List<Provider> providers, Logs logs) {
        var checker = new Checker(providers);
        return Stream.of(
                        checker.ofClaims(told.stream().map(Answered::claim).toList()).stream(),
                        checker.ofSends(asked).stream(),
                        told.stream().flatMap(each -> Shape.findings(each).stream()),
                        told.stream()
                                .flatMap(each -> Shape.secrets(
                                        each.told().body() + each.told().headers())),
                        logs.lines().stream().flatMap(Shape::secrets))
                .flatMap(each -> each)
                .toList();
    }

    /// So that no connection serves a second request.
    private static void answerAndClose(Call call) throws IOException {
        var said = call.said(call.commit() ? Word.DELETED : Word.GONE);
        call.answer(
                said.status(),
                said.body(),
                Stream.concat(said.headers().stream(), Stream.of("Connection: close"))
                        .toArray(String[]::new));
    }
}
