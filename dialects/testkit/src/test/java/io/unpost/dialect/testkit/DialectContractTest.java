package io.unpost.dialect.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.unpost.dialect.Dialect;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.testkit.impure.Impure;
import io.unpost.dialect.testkit.model.Model;
import io.unpost.dialect.testkit.model.Wrong;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class DialectContractTest {

    private static final ScopedValue<Subject> SUBJECT = ScopedValue.newInstance();
    private static final Pattern TEST = Pattern.compile("\\[(?:method|test-factory|property):(\\w+)\\(");

    private record Subject(
            Class<? extends Dialect> type, Set<Class<? extends Verdict>> neverSaid, String transcripts) {}

    static class ContractUnderTest extends DialectContract {

        ContractUnderTest() {
            super(SUBJECT.get().type(), SUBJECT.get().neverSaid());
        }

        @Override
        protected Path transcripts() {
            try {
                return Path.of(DialectContractTest.class
                        .getResource("/" + SUBJECT.get().transcripts())
                        .toURI());
            } catch (URISyntaxException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void rightDialectPasses() {
        assertThat(failuresOf(Model.class)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void wrongDialectIsCaught(Class<? extends Dialect> wrong, String check) {
        Method inherited = Arrays.stream(DialectContract.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(check))
                .findFirst()
                .orElseThrow();
        assertThat(failuresOf(new Subject(wrong, Set.of(), "model"), selectMethod(ContractUnderTest.class, inherited)))
                .containsExactly(check);
    }

    static Set<Arguments> wrongDialectIsCaught() {
        return Set.of(
                Arguments.of(Wrong.NotRegistered.class, "isFoundUnderItsId"),
                Arguments.of(Wrong.ReadsAHeaderWithoutCare.class, "headerOfAnotherFormIsNoError"),
                Arguments.of(Wrong.EndsItsBaseWithASlash.class, "namesItselfWell"),
                Arguments.of(Wrong.NamesAKindTwice.class, "saysWhatItDeletesAndWhatItAsksFor"),
                Arguments.of(Wrong.LetsAnIdOutOfItsSegment.class, "hostileIdStaysInItsPlace"),
                Arguments.of(Wrong.AcceptsDots.class, "hostileIdStaysInItsPlace"),
                Arguments.of(Wrong.CutsAnIdShort.class, "hostileIdStaysInItsPlace"),
                Arguments.of(Wrong.LetsAnIdOutOfItsSegment.class, "anyIdThatIsAcceptedStaysInItsPlace"),
                Arguments.of(Wrong.CutsAnIdShort.class, "anyIdThatIsAcceptedStaysInItsPlace"),
                Arguments.of(Wrong.SendsACredential.class, "requestCarriesNoCredentialsAndNoParameterTwice"),
                Arguments.of(Wrong.SaysDeletedForAny200.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.SaysDeletedForAny200.class, "cutBodyConfirmsNothing"),
                Arguments.of(Wrong.SaysDeletedForAny200.class, "anotherStatusNeverMakesASuccess"),
                Arguments.of(Wrong.SaysDeletedForAny200.class, "otherEncodingIsNoError"),
                Arguments.of(Wrong.EchoesWithoutLooking.class, "anotherIdIsNeverConfirmed"),
                Arguments.of(Wrong.EchoesWhatItGot.class, "anotherIdIsNeverConfirmed"),
                Arguments.of(Wrong.TakesTheFirstOfTwoIds.class, "idThatStandsTwiceIsNeverConfirmed"),
                Arguments.of(Wrong.BelievesACutBody.class, "cutBodyConfirmsNothing"),
                Arguments.of(Wrong.BelievesACutBody.class, "bodyOfAnotherLengthThanAnnouncedConfirmsNothing"),
                Arguments.of(Wrong.BelievesACutAbsence.class, "cutBodyConfirmsNothing"),
                Arguments.of(Wrong.OverlooksAnError.class, "anotherStatusNeverMakesASuccess"),
                Arguments.of(Wrong.TakesAbsenceForADelete.class, "transcriptReplays"),
                Arguments.of(Wrong.TakesAbsenceForADelete.class, "transcriptReplaysOverHttp"),
                Arguments.of(Wrong.SaysDeletedForA404.class, "anotherStatusNeverMakesASuccess"),
                Arguments.of(Wrong.RefusesOnA500.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.BelievesABare503.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.FollowsARedirect.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.QueuesALoginPage.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.WaitsBackwards.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.ThrowsOnHtml.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.RecursesIntoTheBody.class, "senselessBodyProvesNothing"),
                Arguments.of(Wrong.ThrowsOnAnotherType.class, "fieldOfAnotherTypeIsNoError"),
                Arguments.of(Wrong.ThrowsOnAByteOrderMark.class, "otherEncodingIsNoError"),
                Arguments.of(Wrong.ThrowsOnAByteOrderMark.class, "anyAnswerHasAVerdictThatItCarries"),
                Arguments.of(Wrong.EchoesWithoutLooking.class, "anyAnswerHasAVerdictThatItCarries"),
                Arguments.of(Wrong.RefusesOnA500.class, "anyAnswerHasAVerdictThatItCarries"),
                Arguments.of(Wrong.FollowsARedirect.class, "anyAnswerHasAVerdictThatItCarries"),
                Arguments.of(Impure.ReadsAClock.class, "isPure"),
                Arguments.of(Impure.ThrowsDice.class, "encodesTheSameEachTime"),
                Arguments.of(Impure.ThrowsDice.class, "isPure"),
                Arguments.of(Impure.Remembers.class, "decodesTheSameEachTime"),
                Arguments.of(Impure.Remembers.class, "isPure"));
    }

    @Test
    void smallMistakeFailsItsOwnCheckAlone() {
        assertThat(failuresOf(Wrong.EndsItsBaseWithASlash.class)).containsExactly("namesItselfWell");
        assertThat(failuresOf(Wrong.TakesTheFirstOfTwoIds.class)).containsExactly("idThatStandsTwiceIsNeverConfirmed");
        assertThat(failuresOf(Wrong.ThrowsOnAByteOrderMark.class))
                .containsExactly("anyAnswerHasAVerdictThatItCarries", "otherEncodingIsNoError");
        assertThat(failuresOf(Impure.ReadsAClock.class)).containsExactly("isPure");
    }

    @Test
    void verdictThatIsNeverSaidIsNotSaid() {
        assertThat(failuresOf(new Subject(Model.class, Set.of(Verdict.Unavailable.class), "model")))
                .contains(
                        "hasATranscriptForEachKindAndEachVerdict",
                        "anotherStatusNeverMakesASuccess",
                        "transcriptReplays");
    }

    @Test
    void verdictWithoutATranscriptIsMissed() {
        assertThat(failuresOf(new Subject(Model.class, Set.of(), "model-of-few")))
                .containsExactly("hasATranscriptForEachKindAndEachVerdict");
    }

    private static Set<String> failuresOf(Class<? extends Dialect> dialect) {
        return failuresOf(new Subject(dialect, Set.of(), "model"));
    }

    private static Set<String> failuresOf(Subject subject) {
        return failuresOf(subject, selectClass(ContractUnderTest.class));
    }

    private static Set<String> failuresOf(Subject subject, DiscoverySelector tests) {
        // A property ends with its first failure: so many tries that none is missed by chance.
        LauncherDiscoveryRequest contract = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .configurationParameter("jqwik.tries.default", "20000")
                .build();
        var failures = new TreeSet<String>();
        ScopedValue.where(SUBJECT, subject)
                .run(() -> LauncherFactory.create().execute(contract, new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                            Matcher name = TEST.matcher(test.getUniqueId());
                            failures.add(name.find() ? name.group(1) : test.getUniqueId());
                        }
                    }
                }));
        return failures;
    }
}
