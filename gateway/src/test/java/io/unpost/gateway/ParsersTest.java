package io.unpost.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents are read in one hardened place each: bodies of providers, account files, tokens. Request bodies never are.
final class ParsersTest {

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What annotation processors make, such as $DeleteController$Definition.
            .withImportOption(location -> !location.matches(Pattern.compile(".*/\\$[^/]*\\.class")))
            .importPackages("io.unpost");

    private static final DescribedPredicate<JavaClass> JSON_OR_XML = resideInAnyPackage(
            "com.fasterxml.jackson.core..",
            "com.fasterxml.jackson.databind..",
            "com.fasterxml.jackson.dataformat..",
            "com.fasterxml.jackson.jr..",
            "com.ctc.wstx..",
            "com.google.gson..",
            "com.nimbusds.jose.shaded..",
            "com.nimbusds.jose.util..",
            "groovy..",
            "io.micronaut.jackson..",
            "io.micronaut.json..",
            "jakarta.json..",
            "jakarta.xml..",
            "javax.xml..",
            "net.minidev.json..",
            "org.codehaus.stax2..",
            "org.json..",
            "org.w3c.dom..",
            "org.xml.sax..",
            "tools.jackson..");
    /// Everything of the framework's own but the annotations of what is answered.
    private static final DescribedPredicate<JavaClass> SERDE = DescribedPredicate.describe(
            "a mapper of the framework",
            type -> type.getPackageName().startsWith("io.micronaut.serde")
                    && !List.of("io.micronaut.serde.annotation", "io.micronaut.serde.config.naming")
                            .contains(type.getPackageName()));
    private static final DescribedPredicate<JavaClass> OF_OBJECTS = DescribedPredicate.describe(
            "a reader of objects or properties",
            type -> Set.of("java.beans.XMLDecoder", "java.io.ObjectInputStream", "java.util.Properties")
                    .contains(type.getName()));

    private static final List<String> READERS_OF_BODIES = List.of("Document", "TreeBuilder", "XmlInput");
    private static final Map<String, Set<String>> WRITERS = Map.of(
            "io.unpost.gateway.JsonLayout",
            Set.of("com.fasterxml.jackson.core.io.JsonStringEncoder"),
            "io.unpost.gateway.audit.Line",
            Set.of(
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.core.JsonFactoryBuilder",
                    "com.fasterxml.jackson.core.JsonGenerator",
                    "com.fasterxml.jackson.core.TSFBuilder",
                    "com.fasterxml.jackson.core.util.JsonRecyclerPools",
                    "com.fasterxml.jackson.core.util.RecyclerPool"),
            "io.unpost.gateway.sandbox.SandboxPage",
            Set.of(
                    "com.fasterxml.jackson.core.JsonFactory",
                    "com.fasterxml.jackson.core.JsonGenerator",
                    "com.fasterxml.jackson.core.PrettyPrinter",
                    "com.fasterxml.jackson.core.util.DefaultIndenter",
                    "com.fasterxml.jackson.core.util.DefaultPrettyPrinter",
                    "com.fasterxml.jackson.core.util.DefaultPrettyPrinter$FixedSpaceIndenter",
                    "com.fasterxml.jackson.core.util.DefaultPrettyPrinter$Indenter"),
            "io.unpost.gateway.sandbox.TwitterTweet",
            Set.of("com.fasterxml.jackson.core.io.JsonStringEncoder"),
            "io.unpost.gateway.sandbox.WeiboTree",
            Set.of("com.fasterxml.jackson.core.io.JsonStringEncoder"));

    private static final List<ArchRule> RULES = List.of(
            noClasses()
                    .that(areNot(READERS_OF_BODIES.stream().map("io.unpost.dialect."::concat)))
                    .and(areNot(WRITERS.keySet().stream()))
                    .should()
                    .dependOnClassesThat(JSON_OR_XML.or(SERDE).or(OF_OBJECTS)),
            noClasses()
                    .that(areNot(Stream.of("io.unpost.gateway.accounts.PlainYaml")))
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.yaml.snakeyaml..")),
            noClasses()
                    .that(areNot(Stream.of("SharedSecret", "KeySets", "KeySets$Keeping", "PinnedKeys")
                            .map("io.unpost.gateway.http."::concat)))
                    .should()
                    .dependOnClassesThat(resideInAPackage("com.nimbusds..")));

    @Test
    void nobodyElseParses() {
        RULES.forEach(rule -> rule.check(MAIN));
    }

    @Test
    void writersOnlyWrite() {
        WRITERS.forEach((writer, tools) -> assertThat(MAIN.get(writer).getDirectDependenciesFromSelf())
                .extracting(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filteredOn(JSON_OR_XML)
                .extracting(JavaClass::getName)
                .isSubsetOf(tools));
        onlyDocumentsAreParsed().check(MAIN);
    }

    @Test
    void everyPartIsLookedAt() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.unpost.dialect",
                        "io.unpost.dialect.twitter",
                        "io.unpost.dialect.weibo",
                        "io.unpost.gateway.http");
        Stream.concat(READERS_OF_BODIES.stream().map("io.unpost.dialect."::concat), WRITERS.keySet().stream())
                .forEach(name -> assertThat(MAIN.get(name).getDirectDependenciesFromSelf())
                        .as("an exception that is used: %s", name)
                        .anyMatch(dependency -> JSON_OR_XML.test(dependency.getTargetClass())));
        assertThat(MAIN).noneMatch(type -> type.getName().startsWith(ForeignParsers.class.getName()));
    }

    @ParameterizedTest
    @MethodSource("foreignParsers")
    void foreignParserIsFound(Class<?> foreign) {
        JavaClasses classes = new ClassFileImporter().importClasses(foreign);
        assertThat(Stream.concat(RULES.stream(), Stream.of(onlyDocumentsAreParsed()))
                        .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                        .filter(EvaluationResult::hasViolation))
                .isNotEmpty();
    }

    /// Also where the parser that comes out is never named.
    @Test
    void factoryOfWritersMakesNoParserUnseen() {
        JavaClasses classes = new ClassFileImporter().importClasses(ForeignParsers.ParsesWithTheFactoryOfWriters.class);
        assertThat(onlyDocumentsAreParsed().evaluate(classes).hasViolation()).isTrue();
    }

    static Stream<Class<?>> foreignParsers() {
        return Stream.of(ForeignParsers.class.getDeclaredClasses());
    }

    private static ArchRule onlyDocumentsAreParsed() {
        return noClasses()
                .that(areNot(READERS_OF_BODIES.stream().map("io.unpost.dialect."::concat)))
                .should()
                .accessTargetWhere(JavaAccess.Predicates.target(DescribedPredicate.describe(
                        "a parser of Jackson",
                        target -> target.getOwner().getPackageName().startsWith("com.fasterxml.jackson")
                                && (target.getName().startsWith("create")
                                        && target.getName().endsWith("Parser")))));
    }

    /// Neither these classes nor what is nested in them.
    private static DescribedPredicate<JavaClass> areNot(Stream<String> names) {
        Set<String> all = Set.copyOf(names.toList());
        return DescribedPredicate.describe(
                "are not " + all, type -> !all.contains(type.getName().replaceFirst("\\$.*", "")));
    }
}
