package io.unpost.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NoncesTest {

    private final Nonces nonces = new Nonces(new SecureRandom()::nextBytes);

    @Test
    void nonceIs128BitsInHexadecimal() {
        assertThat(Stream.generate(nonces).limit(1_000)).allMatch(nonce -> nonce.matches("[0-9a-f]{32}"));
    }

    @Test
    void noTwoAreTheSameWhoeverAsks() throws InterruptedException {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        List<Thread> threads = IntStream.range(0, 8)
                .mapToObj(_ -> Thread.startVirtualThread(
                        () -> Stream.generate(nonces).limit(10_000).forEach(seen::add)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(seen).hasSize(80_000);
    }

    /// Over the end of what is taken at a time.
    @Test
    void eachByteOfTheSourceIsUsedOnce() {
        var next = new AtomicInteger();
        var counted = new Nonces(bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (next.getAndIncrement() / 16);
            }
        });

        for (int i = 0; i < 200; i++) {
            assertThat(counted.get()).isEqualTo("%02x".formatted(i).repeat(16));
        }
    }
}
