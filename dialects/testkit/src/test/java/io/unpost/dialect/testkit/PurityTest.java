package io.unpost.dialect.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.unpost.dialect.testkit.impure.Impure;
import io.unpost.dialect.testkit.model.Model;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurityTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ReadsAClock              | calls java.time.Instant.now()
        ThrowsDice               | calls java.util.UUID.randomUUID()
        Remembers                | has state in calls
        HasAList                 | has state in SEEN
        HasAnArray               | has state in SEEN
        ReadsAFile               | uses java.nio.file.Files
        OpensASocket             | uses java.net.Socket
        ReadsTheEnvironment      | uses java.lang.System
        ReadsAPropertyInDisguise | calls java.lang.Boolean.getBoolean(java.lang.String)
        StartsAThread            | uses java.lang.Thread
        IsRandom                 | uses java.util.Random
        AsksForTheLocale         | calls java.util.Locale.getDefault()
        """)
    void impureCodeIsNamed(String type, String breach) throws ClassNotFoundException {
        Class<?> impure = Class.forName(Impure.class.getName() + "$" + type);
        assertThat(breachesOf(impure)).contains(impure.getName() + " " + breach);
    }

    @Test
    void pureCodeHasNoBreach() {
        assertThat(breachesOf(Model.class)).isEmpty();
    }

    @Test
    void onlyTheDialectsOwnPackageIsLookedAt() {
        JavaClasses classes = Purity.classesOf(Model.class);
        assertThat(classes.contain(Model.class)).isTrue();
        assertThat(classes.contain(Impure.class)).isFalse();
        assertThat(classes.contain(PurityTest.class)).isFalse();
    }

    private static Collection<String> breachesOf(Class<?> type) {
        return Purity.breaches(new ClassFileImporter().importClasses(type));
    }
}
