package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The jar as it is shipped, in a process of its own.
@Timeout(120)
final class JarIT {

    @TempDir
    private Path folder;

    private Provider provider;
    private Jar gateway;

    @BeforeEach
    void start() throws IOException {
        provider = new Provider();
        gateway = new Jar(folder, Gateway.accounts(provider, Map.of("acme", "")));
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        provider.close();
    }

    @Test
    void deletesAtAProviderThatVerifiesEachSignature() throws IOException, InterruptedException {
        String path = "acme/posts/9223372036854775807";
        Told told = gateway.delete(path);

        assertThat(told.claim()).isEqualTo("deleted by echo");
        assertThat(told.at("/item/id")).isEqualTo("9223372036854775807");
        assertThat(gateway.delete(path).claim()).isEqualTo("already_gone by absence");
        assertThat(provider.refused()).isEmpty();
        assertThat(provider.ledger()).containsOnlyKeys("9223372036854775807");
    }

    @Test
    void demoDeletes() throws IOException, InterruptedException {
        assertThat(gateway.delete("demo-twitter/posts/240854986559455234").claim())
                .isEqualTo("deleted by echo");
        assertThat(gateway.delete("demo-twitter/posts/900001").claim()).isEqualTo("deleted by absence");
    }
}
