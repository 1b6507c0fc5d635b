package io.unpost.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micronaut.core.io.service.ServiceDefinition;
import io.micronaut.core.io.service.SoftServiceLoader.StaticServiceLoader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ServiceIndexTest {

    public static final class First implements Runnable {
        @Override
        public void run() {}
    }

    public static final class Second implements Runnable {
        @Override
        public void run() {}
    }

    public static final class Unfit implements Runnable {

        @SuppressWarnings("UnusedMethod")
        public Unfit() {
            throw new NoClassDefFoundError("a library that one may have");
        }

        @Override
        public void run() {}
    }

    public static final class Broken implements Runnable {

        @SuppressWarnings("UnusedMethod")
        public Broken() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void run() {}
    }

    @Test
    void serviceHasTheClassesBelowIt() throws IOException {
        StaticServiceLoader<?> runnables = runnables(First.class.getName(), Second.class.getName());

        assertThat(runnables.load(null)).hasExactlyElementsOfTypes(First.class, Second.class);
        assertThat(runnables.load(service -> service instanceof Second)).hasExactlyElementsOfTypes(Second.class);
        assertThat(runnables.findAll(_ -> true).map(ServiceDefinition::load))
                .hasExactlyElementsOfTypes(First.class, Second.class);
        assertThat(runnables.findAll(Second.class.getName()::equals).map(ServiceDefinition::getName))
                .containsExactly(Second.class.getName());
    }

    @Test
    void classThatCannotBeMadeIsNotThere() throws IOException {
        StaticServiceLoader<?> runnables = runnables(Unfit.class.getName(), "no.such.Type", Second.class.getName());

        assertThat(runnables.load(null)).hasExactlyElementsOfTypes(Second.class);
        assertThat(runnables.findAll(_ -> true).map(ServiceDefinition::load)).hasExactlyElementsOfTypes(Second.class);
    }

    @Test
    void classThatFailsIsNotPassedOver() throws IOException {
        StaticServiceLoader<?> runnables = runnables(Broken.class.getName());

        assertThatIllegalStateException()
                .isThrownBy(() -> runnables.load(null))
                .withMessage(Broken.class.getName())
                .withCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void serviceThatIsNotNamedHasNone() throws IOException {
        assertThat(loader("java.lang.Comparable", First.class.getName()).load(null))
                .isEmpty();
    }

    @Test
    void withoutAFileMicronautLooksByItself() throws IOException {
        assertThat(ServiceIndex.read(null)).isEmpty();
    }

    @Test
    void testsRunWithTheBeansOfTheJar() {
        assertThat(new ServiceIndex().load().getServiceLoaders())
                .as("target/test-index, which Maven makes")
                .isNotEmpty();
    }

    private static StaticServiceLoader<?> runnables(String... classes) throws IOException {
        return loader("java.lang.Runnable", classes);
    }

    private static StaticServiceLoader<?> loader(String service, String... runnables) throws IOException {
        String index = "/java.lang.Runnable\n" + String.join("\n", runnables) + "\n";
        Map<String, StaticServiceLoader<?>> services =
                ServiceIndex.read(new ByteArrayInputStream(index.getBytes(StandardCharsets.UTF_8)));
        assertThat(services.containsKey(service)).isTrue();
        return Objects.requireNonNull(services.get(service));
    }
}
