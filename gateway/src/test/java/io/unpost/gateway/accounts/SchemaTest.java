package io.unpost.gateway.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files in `config/`: the examples are right, and the schema tells editors what the reader will say.
final class SchemaTest {

    private static final Path CONFIG = Path.of("..", "config");
    private static final Schema SCHEMA = schema();
    private static final AccountsReader READER = new AccountsReader(
            new Dialects(List.of(FakeDialect.twitter(), FakeDialect.weibo(), FakeDialect.bearer())),
            name -> name.equals("SET") ? "s" : null);

    private static final String OAUTH1 = "consumer-key: a, consumer-secret: b, token: c, token-secret: d";
    private static final String ACCOUNT = "dialect: twitter-v1.1, credentials: {" + OAUTH1 + "}";

    /// With the least that each form of credentials and each option needs, so that a new dialect fits as well.
    @Test
    void everyShippedDialectFits() {
        for (Dialect dialect : new Dialects().all()) {
            for (CredentialForm form : dialect.facts().credentials()) {
                var account = new StringBuilder(
                        "accounts: {a: {dialect: " + dialect.facts().id());
                dialect.facts()
                        .options()
                        .forEach(option -> account.append(
                                ", " + option.name() + ": " + option.values().getLast()));
                String own = switch (form.scheme()) {
                    case OAUTH1 -> OAUTH1;
                    case BASIC -> "username: u, password-file: p";
                    case BEARER -> "token: t";
                };
                account.append(", credentials: {").append(own);
                form.parameters().forEach(name -> account.append(", " + name + ": p"));

                assertThat(SCHEMA.validate(account + "}}}", InputFormat.YAML))
                        .as("%s", account)
                        .isEmpty();
            }
        }
    }

    @Test
    void examplesAreRightWithNoVariableSet() throws IOException {
        var reader = new AccountsReader(new Dialects(), _ -> null);

        assertThat(reader.read(CONFIG.resolve("accounts.yml")))
                .isInstanceOfSatisfying(
                        Reading.Read.class,
                        read -> assertThat(read.accounts())
                                .extracting(Account::name)
                                .containsExactly("acme-news", "acme-support", "acme-cn"));
        assertThat(SCHEMA.validate(Files.readString(CONFIG.resolve("accounts.yml")), InputFormat.YAML))
                .isEmpty();
    }

    @Test
    void examplesNameTheirSchemaInTheFirstLine() throws IOException {
        assertThat(Files.readAllLines(CONFIG.resolve("accounts.yml")).getFirst())
                .isEqualTo("# yaml-language-server: $schema=accounts.schema.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts: {}",
                "accounts: {a: {" + ACCOUNT + "}}",
                "accounts: {0-9: {" + ACCOUNT + "}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: 10, allow-plaintext: true}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: '10', allow-plaintext: 'false'}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: '${NO:1}', allow-plaintext: '${NO:true}'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'https://a.example:8/b/c/'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'HTTP://localhost'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: '${NO:https://a.example}'}}",
                "accounts: {a: {" + ACCOUNT + ", max-in-flight: 10000, budget: {calls: 1000000, per: 24h}}}",
                "accounts: {a: {" + ACCOUNT + ", max-in-flight: '1', budget: {calls: '1', per: 1s}}}",
                "accounts: {a: {" + ACCOUNT
                        + ", max-in-flight: '${NO:1}', budget: {calls: '${NO:1}', per: '${NO:1s}'}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {connect: 1ms, attempt: 1s, call: 1m}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {call: '${NO:2s}'}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {scheme: oauth1, " + OAUTH1 + "}}}",
                "accounts: {a: {dialect: '${NO:twitter-v1.1}', credentials: {" + OAUTH1 + "}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, format: xml, method: '${NO:delete}',"
                        + " credentials: {"
                        + OAUTH1 + "}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {username: u, password: p,"
                        + " source: s}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: "
                        + "{scheme: basic, username: u, password: 0123, source: '${SET}'}}}",
                "accounts: {a: {dialect: bearer-v2, credentials: {scheme: bearer, token: t}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: "
                        + "{consumer-key: 0123, consumer-secret: 1e5, token: yes, token-secret: '${SET}'}}}",
            })
    void schemaAndReaderTakeTheSameFiles(String yaml) throws IOException {
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
        assertThat(read(yaml)).isInstanceOf(Reading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "accounts: []",
                "accounts: ~",
                "{accounts: {}, more: 1}",
                "accounts: {A: {" + ACCOUNT + "}}",
                "accounts: {-a: {" + ACCOUNT + "}}",
                "accounts: {a: {}}",
                "accounts: {a: ~}",
                "accounts: {a: {dialect: twitter-v1.1}}",
                "accounts: {a: {credentials: {" + OAUTH1 + "}}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: 0}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: 11}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: 1.5}}",
                "accounts: {a: {" + ACCOUNT + ", attempts: ~}}",
                "accounts: {a: {" + ACCOUNT + ", allow-plaintext: maybe}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: a.example}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'ftp://a.example'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'https://u@a.example'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'https://a.example?b'}}",
                "accounts: {a: {" + ACCOUNT + ", base-url: 'https://a.example//b'}}",
                "accounts: {a: {" + ACCOUNT + ", max-in-flight: 0}}",
                "accounts: {a: {" + ACCOUNT + ", max-in-flight: 10001}}",
                "accounts: {a: {" + ACCOUNT + ", budget: 300}}",
                "accounts: {a: {" + ACCOUNT + ", budget: {calls: 300}}}",
                "accounts: {a: {" + ACCOUNT + ", budget: {calls: 1000001, per: 15m}}}",
                "accounts: {a: {" + ACCOUNT + ", budget: {calls: 1, per: 15}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: 3s}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {call: 3}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {call: 0s}}}",
                "accounts: {a: {" + ACCOUNT + ", timeouts: {read: 3s}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: token}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {scheme: basic, " + OAUTH1 + "}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {" + OAUTH1 + ", username: u}}}",
                "accounts: {a: {dialect: Twitter, credentials: {" + OAUTH1 + "}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, format: [xml], credentials: {" + OAUTH1
                        + "}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {username: u, source: s}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {username: u, password: p,"
                        + " source: [s]}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {username: u, password: p,"
                        + " source: s, token: t}}}",
                "accounts: {a: {dialect: bearer-v2, credentials: {scheme: oauth1, token: t}}}",
                "accounts: {a: {dialect: bearer-v2, credentials: {scheme: bearer, token: t, token-secret: s}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {" + OAUTH1 + ", token-file: f}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {consumer-key: a, consumer-secret: b, token: c}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: "
                        + "{consumer-key: '', consumer-secret: b, token: c, token-secret: d}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: "
                        + "{consumer-key: [a], consumer-secret: b, token: c, token-secret: d}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: "
                        + "{consumer-key: \"a\\tb\", consumer-secret: b, token: c, token-secret: d}}}",
            })
    void schemaAndReaderRefuseTheSameFiles(String yaml) throws IOException {
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isNotEmpty();
        assertThat(read(yaml)).isInstanceOf(Reading.Mistaken.class);
    }

    /// What only the dialects know, so that one more of them changes nothing here.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "accounts: {a: {dialect: friendster, credentials: {" + OAUTH1 + "}}}",
                "accounts: {a: {" + ACCOUNT + ", format: xml}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, format: yaml, credentials: {" + OAUTH1 + "}}}",
                "accounts: {a: {dialect: twitter-v1.1, credentials: {username: u, password: p}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {username: u, password: p}}}",
                "accounts: {a: {dialect: fake-v1, allow-plaintext: true, credentials: {" + OAUTH1 + ", source: s}}}",
            })
    void whatDependsOnTheDialectIsLeftToTheReader(String yaml) throws IOException {
        assertThat(SCHEMA.validate(yaml, InputFormat.YAML)).isEmpty();
        assertThat(read(yaml)).isInstanceOf(Reading.Mistaken.class);
    }

    private static Reading read(String yaml) throws IOException {
        Path file = Files.createTempFile("accounts", ".yml");
        try {
            return READER.read(Files.writeString(file, yaml));
        } finally {
            Files.delete(file);
        }
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(Files.readString(CONFIG.resolve("accounts.schema.json")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
