package io.unpost.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.Item;
import io.unpost.dialect.Outcome;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.ProviderSays;
import io.unpost.dialect.Reason;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.engine.Backtrace;
import io.unpost.gateway.engine.Planner.Plan;
import io.unpost.gateway.engine.Redaction;
import io.unpost.gateway.engine.Result;
import io.unpost.gateway.engine.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a caller is told of one delete, for each way it can end.
///
/// @param target what was to be deleted
/// @param account for whom
/// @param what the kind of thing, with its dialect's facts
/// @param wishes how the caller wants it told
record Answers(Target target, Account account, Deletable what, Wishes wishes) {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    /// The answer to a delete that was tried.
    MutableHttpResponse<?> of(Result result) {
        try {
            return told(result);
        } catch (RuntimeException | Error e) {
            // What was done is done: to let this through would say that nothing was.
            Backtrace.log(LOG, "The outcome of " + target.path() + " could not be told", e);
            String detail = "The gateway failed to tell the outcome; its log has the cause.";
            String dialect = account.dialect().facts().id();
            return Problems.response(
                    Problem.of(ProblemCode.OUTCOME_UNKNOWN, detail, target, dialect, result.attempts(), null));
        }
    }

    private MutableHttpResponse<?> told(Result result) {
        return switch (result.outcome()) {
            // Gone, proven.
            case Verdict.Deleted(var evidence, var _, var item, var says) ->
                gone("deleted", evidence, item, says, result);
            case Verdict.AlreadyGone(var says) -> gone("already_gone", Evidence.ABSENCE, null, says, result);
            // The provider says yes and proves nothing.
            case Verdict.Unverified(var why, var item, var says) ->
                success(HttpStatus.ACCEPTED, answer("unverified", "none", why, item, says, result));
            // Not deleted by this call.
            case Verdict.NotFound(var says) -> problem(ProblemCode.NOT_FOUND, says, result);
            case Verdict.Refused(var reason, var says) -> refused(reason, says, result);
            case Verdict.Throttled(var retryAfter, var says) ->
                later(problem(ProblemCode.RATE_LIMITED, says, result), retryAfter);
            case Verdict.Unavailable(var retryAfter, var says) ->
                later(problem(ProblemCode.PROVIDER_UNAVAILABLE, says, result), retryAfter);
            case Outcome.NotSent(var cause, var why, var retryAfter) ->
                later(
                        problem(code(cause), "Nothing was sent: " + why + ".", null, result),
                        retryAfter == null ? Duration.ofSeconds(1) : retryAfter);
            // Nobody knows.
            case Outcome.Unknown(var why, var says, var retryAfter) -> {
                MutableHttpResponse<?> unknown = unknown(why, says, result);
                yield retryAfter == null ? unknown : later(unknown, retryAfter);
            }
            case Verdict.Mismatched(var _, var says) -> unknown("the answer names another id", says, result);
            case Verdict.Faulted(var why, var says) -> unknown(why, says, result);
        };
    }

    /// The answer to a dry run.
    MutableHttpResponse<?> planned(Plan plan, Instant at) {
        return success(
                HttpStatus.OK,
                new Answer(
                        "planned",
                        "none",
                        account.name(),
                        account.dialect().facts().id(),
                        what.kind().name(),
                        target.id().orElse(""),
                        visibility(),
                        Answer.instant(at),
                        0,
                        null,
                        null,
                        null,
                        new Answer.PlannedRequest(plan.method().name(), plan.url(), plan.headers(), plan.form()),
                        target.requestId()));
    }

    /// The answer where the audit log cannot be written, so that nothing was sent.
    MutableHttpResponse<?> unaudited() {
        return overloaded(
                "The gateway cannot write its audit log, and deletes nothing without it; nothing was sent. Its own log"
                        + " tells its operator why.",
                RetryPolicy.USUAL_RETRY_AFTER);
    }

    /// The answer where as much is under way as may be.
    MutableHttpResponse<?> full() {
        return overloaded(
                "As many deletes are under way as the gateway may have (unpost.max-in-flight); nothing was sent.",
                Duration.ofSeconds(1));
    }

    private MutableHttpResponse<?> overloaded(String detail, Duration retryAfter) {
        return later(
                Problems.response(Problem.of(
                        ProblemCode.OVERLOADED,
                        detail,
                        target,
                        account.dialect().facts().id(),
                        0,
                        null)),
                retryAfter);
    }

    private MutableHttpResponse<?> gone(
            String outcome, Evidence evidence, @Nullable Item item, ProviderSays says, Result result) {
        Answer answer = answer(outcome, wire(evidence), null, item, says, result);
        return wishes.minimal()
                ? success(HttpStatus.NO_CONTENT, answer).header("Preference-Applied", "return=minimal")
                : success(HttpStatus.OK, answer);
    }

    private MutableHttpResponse<?> success(HttpStatus status, Answer answer) {
        MutableHttpResponse<Answer> response = HttpResponse.status(status);
        if (status != HttpStatus.NO_CONTENT) {
            response.body(answer).contentType(MediaType.APPLICATION_JSON_TYPE);
        }
        return response.header("Unpost-Outcome", answer.outcome())
                .header("Unpost-Evidence", answer.evidence())
                .header("Unpost-Visibility", answer.visibility());
    }

    private Answer answer(
            String outcome,
            String evidence,
            @Nullable String detail,
            @Nullable Item item,
            ProviderSays says,
            Result result) {
        Redaction redaction = Redaction.of(account.credentials());
        RawBody raw = wishes.raw() ? RawBody.of(result.answer(), redaction) : RawBody.NONE;
        return new Answer(
                outcome,
                evidence,
                account.name(),
                account.dialect().facts().id(),
                what.kind().name(),
                target.id().orElse(""),
                visibility(),
                Answer.instant(result.at()),
                result.attempts(),
                redaction.ofNullable(detail),
                item == null ? null : Answer.DeletedItem.of(item, wishes, redaction),
                new Answer.Provider(says.status(), Answer.RateLimit.of(says.rateLimit()), raw.text(), raw.truncated()),
                null,
                target.requestId());
    }

    private static ProblemCode code(Outcome.NotSent.Cause cause) {
        return switch (cause) {
            case UNREACHABLE, CIRCUIT_OPEN -> ProblemCode.PROVIDER_UNAVAILABLE;
            case BUDGET_SPENT -> ProblemCode.RATE_LIMITED;
            case OVERLOADED -> ProblemCode.OVERLOADED;
        };
    }

    private MutableHttpResponse<?> refused(Reason reason, ProviderSays says, Result result) {
        return switch (reason) {
            case INVALID_REQUEST -> problem(ProblemCode.INVALID_REQUEST, says, result);
            case NOT_OWNER -> problem(ProblemCode.NOT_OWNER, says, result);
            case REFUSED -> problem(ProblemCode.REFUSED, says, result);
            case CREDENTIALS_REJECTED -> problem(ProblemCode.CREDENTIALS_REJECTED, says, result);
            case CLOCK_REJECTED ->
                problem(
                        ProblemCode.CREDENTIALS_REJECTED,
                        "The provider does not accept the time of the signature: set the clock of the gateway's"
                                + " machine.",
                        says,
                        result);
            case PERMISSION_MISSING -> problem(ProblemCode.PERMISSION_MISSING, says, result);
            case ACCOUNT_LOCKED -> problem(ProblemCode.ACCOUNT_LOCKED, says, result);
            case ENDPOINT_RETIRED -> problem(ProblemCode.ENDPOINT_RETIRED, says, result);
        };
    }

    private MutableHttpResponse<?> unknown(String why, @Nullable ProviderSays says, Result result) {
        return problem(
                ProblemCode.OUTCOME_UNKNOWN,
                "It may be gone: " + why + ". Deleting the same id again is safe.",
                says,
                result);
    }

    private MutableHttpResponse<?> problem(ProblemCode code, ProviderSays says, Result result) {
        return problem(code, code.explanation(), says, result);
    }

    private MutableHttpResponse<?> problem(
            ProblemCode code, String detail, @Nullable ProviderSays says, Result result) {
        Redaction redaction = Redaction.of(account.credentials());
        return Problems.response(Problem.of(
                code,
                redaction.of(detail),
                target,
                account.dialect().facts().id(),
                result.attempts(),
                says == null ? null : provider(says, result, redaction)));
    }

    private Problem.Provider provider(ProviderSays says, Result result, Redaction redaction) {
        RawBody raw = wishes.raw() ? RawBody.of(result.answer(), redaction) : RawBody.NONE;
        return new Problem.Provider(
                says.status(),
                redaction.ofNullable(says.code()),
                redaction.ofNullable(says.message()),
                raw.text(),
                raw.truncated());
    }

    /// Whole seconds, rounded up, at least one: RFC 9110 section 10.2.3 knows no fractions.
    private static MutableHttpResponse<?> later(MutableHttpResponse<?> response, @Nullable Duration retryAfter) {
        Duration wait = retryAfter == null ? RetryPolicy.USUAL_RETRY_AFTER : retryAfter;
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return response.header(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    }

    private String visibility() {
        return wire(what.visibility());
    }

    private static String wire(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
