package io.unpost.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Value;
import io.unpost.gateway.http.OpenListeners;
import jakarta.inject.Inject;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may know whom in the gateway, and who may touch what. Who may parse what is in [ParsersTest].
final class ArchitectureTest {

    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What annotation processors make, such as $DeleteController$Definition.
            .withImportOption(location -> !location.matches(Pattern.compile(".*/\\$[^/]*\\.class")))
            .importPackages("io.unpost.gateway");

    private static final DescribedPredicate<JavaClass> HTTP_CLIENT_OR_NETTY =
            resideInAnyPackage("io.netty..", "io.micronaut.http.client..", "io.micronaut.http.netty..");

    @Test
    void everyPackageIsLookedAt() {
        for (String name : List.of("accounts", "audit", "engine", "http", "metrics", "sandbox", "transport")) {
            assertThat(GATEWAY.that(resideInAPackage("io.unpost.gateway." + name)))
                    .as(name)
                    .hasSizeGreaterThan(5);
        }
        assertThat(GATEWAY).noneMatch(type -> type.getSimpleName().endsWith("Test"));
    }

    @Test
    void noClassKnowsADialect() {
        holds(noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.unpost.dialect..").and(not(resideInAPackage("io.unpost.dialect")))));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching("io.unpost.gateway.(*)..").should().beFreeOfCycles());
    }

    @Test
    void accountsKnowNoOtherPackage() {
        holds(knowOf("accounts"));
    }

    @Test
    void engineKnowsAccountsAlone() {
        holds(knowOf("engine", "accounts"));
    }

    @Test
    void transportKnowsAccountsEngineAndTracing() {
        holds(knowOf("transport", "accounts", "engine", "tracing"));
    }

    @Test
    void tracingKnowsNoOtherPackage() {
        holds(knowOf("tracing"));
    }

    @Test
    void auditKnowsAccountsAndEngine() {
        holds(knowOf("audit", "accounts", "engine"));
    }

    @Test
    void metricsKnowAccountsEngineAndAudit() {
        holds(knowOf("metrics", "accounts", "engine", "audit"));
    }

    @Test
    void httpKnowsAccountsEngineAuditMetricsAndTracing() {
        holds(knowOf("http", "accounts", "engine", "audit", "metrics", "tracing"));
    }

    @Test
    void sandboxKnowsAccountsAndTheNameOfAListener() {
        holds(knowOf("sandbox", "accounts", "http"));
        holds(noClasses()
                .that(resideInAPackage("io.unpost.gateway.sandbox"))
                .and(not(simpleName("ApiAddress")))
                .should()
                .dependOnClassesThat(resideInAPackage("io.unpost.gateway.http")));
        holds(noClasses()
                .that(simpleName("ApiAddress"))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.unpost.gateway.http").and(not(belongToAnyOf(OpenListeners.class)))));
    }

    @Test
    void engineAccountsAndAuditKnowNoServer() {
        holds(noClasses()
                .that(resideInAnyPackage(
                        "io.unpost.gateway.engine", "io.unpost.gateway.accounts", "io.unpost.gateway.audit"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.micronaut.http..", "io.netty..", "io.micronaut.security..")));
    }

    @Test
    void onlyTheTransportKnowsTheHttpClientAndNetty() {
        holds(noClasses()
                .that(not(resideInAPackage("io.unpost.gateway.transport")))
                // Asks which address a connection came in by.
                .and(not(simpleName("LoopbackGuard")))
                // Bound the connections of callers.
                .and(not(nameMatching("io\\.unpost\\.gateway\\.http\\.(InboundConnections|RequestDeadline)(\\$.*)?")))
                // Imitates providers that break connections.
                .and(not(resideInAPackage("io.unpost.gateway.sandbox").and(simpleName("Connection"))))
                // Asks for the usual phrase of a status.
                .and(not(resideInAPackage("io.unpost.gateway.sandbox").and(simpleName("Reply"))))
                .should()
                .dependOnClassesThat(HTTP_CLIENT_OR_NETTY
                        .or(resideInAPackage("java.net.http"))
                        .or(belongToAnyOf(
                                Socket.class, ServerSocket.class, URLConnection.class, SocketChannel.class))));
    }

    @Test
    void onlySystemTimeReadsTheClock() {
        holds(noClasses()
                .that(not(belongToAnyOf(SystemTime.class)))
                // The time of one connection, by the monotonic clock.
                .and(not(simpleName("Flight")))
                .should()
                .accessTargetWhere(to("a clock", ArchitectureTest::readsClock)));
    }

    @Test
    void onlyFactoriesAndRequestIdsKnowChance() {
        holds(noClasses()
                .that(not(simpleName("EngineFactory")))
                .and(not(simpleName("RequestIds")))
                .should()
                .accessTargetWhere(to("chance", ArchitectureTest::isChance)));
        holds(noClasses().should().accessTargetWhere(to("a weak chance", target -> owned(target, Random.class))));
    }

    @Test
    void onlySystemTimeSleeps() {
        holds(noClasses()
                .that(not(belongToAnyOf(SystemTime.class)))
                .should()
                .accessTargetWhere(to(
                        "a sleep",
                        target -> target.getName().equals("sleep")
                                && (owned(target, Thread.class) || owned(target, TimeUnit.class)))));
    }

    @Test
    void nothingIsInjectedIntoFields() {
        holds(fields().should().notBeAnnotatedWith(Inject.class));
        holds(fields().should().notBeAnnotatedWith(Value.class));
        holds(fields().should().notBeAnnotatedWith(Property.class));
    }

    @Test
    void staticFieldsDoNotChange() {
        holds(fields().that().areStatic().should().beFinal());
    }

    @Test
    void theEnvironmentIsReadWhereAccountsAre() {
        holds(noClasses()
                .that(not(resideInAPackage("io.unpost.gateway.accounts")))
                .should()
                .accessTargetWhere(to(
                        "the environment",
                        target -> owned(target, System.class)
                                && List.of("getenv", "getProperty").contains(target.getName()))));
    }

    /// Classes of a package depend on these other packages of the gateway at most.
    private static ArchRule knowOf(String name, String... others) {
        String root = "io.unpost.gateway.";
        String[] packages = Stream.concat(Stream.of(name), Stream.of(others))
                .map(other -> root + other + "..")
                .toArray(String[]::new);
        return classes()
                .that(resideInAPackage(root + name + ".."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(packages).or(not(resideInAPackage("io.unpost.gateway.."))));
    }

    /// Calls and method references alike.
    private static DescribedPredicate<JavaAccess<?>> to(String what, Predicate<AccessTarget> which) {
        return JavaAccess.Predicates.target(DescribedPredicate.describe(what, which));
    }

    private static boolean readsClock(AccessTarget target) {
        return switch (target.getOwner().getName()) {
            // Its constructor is that of a clock of our own, which tells what it is given.
            case "java.time.Clock" -> !target.getName().equals("<init>");
            case "java.time.InstantSource" -> target.getName().equals("system");
            case "java.lang.System" -> List.of("currentTimeMillis", "nanoTime").contains(target.getName());
            case "java.util.Date" -> target.getFullName().equals("java.util.Date.<init>()");
            default ->
                target.getOwner().getPackageName().equals("java.time")
                        && target.getName().equals("now");
        };
    }

    private static boolean isChance(AccessTarget target) {
        return switch (target.getOwner().getName()) {
            case "java.security.SecureRandom", "java.util.concurrent.ThreadLocalRandom" -> true;
            case "java.util.UUID" -> target.getName().equals("randomUUID");
            case "java.lang.Math" -> target.getName().equals("random");
            default -> target.getOwner().getPackageName().equals("java.util.random");
        };
    }

    private static boolean owned(AccessTarget target, Class<?> owner) {
        return target.getOwner().isEquivalentTo(owner);
    }

    private static void holds(ArchRule rule) {
        rule.check(GATEWAY);
    }
}
