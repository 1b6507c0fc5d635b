package io.unpost.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.gateway.accounts.Account;
import io.unpost.gateway.accounts.Accounts;
import io.unpost.gateway.engine.Deadline;
import io.unpost.gateway.engine.DeleteGateway;
import io.unpost.gateway.engine.Planner;
import io.unpost.gateway.engine.Result;
import io.unpost.gateway.engine.Time;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `DELETE /v1/accounts/{account}/{kind}/{id}`: deletes one thing and says what is proven.
@Controller("/v1/accounts")
@Produces(MediaType.ALL)
@Secured(SecurityRule.IS_AUTHENTICATED)
public final class DeleteController {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteController.class);

    private final Accounts accounts;
    private final Callers callers;
    private final DeleteGateway gateway;
    private final Planner planner;
    private final Idempotency idempotency;
    private final Time time;

    public DeleteController(
            Accounts accounts,
            Callers callers,
            DeleteGateway gateway,
            Planner planner,
            Idempotency idempotency,
            Time time) {
        this.accounts = accounts;
        this.callers = callers;
        this.gateway = gateway;
        this.planner = planner;
        this.idempotency = idempotency;
        this.time = time;
    }

    /// The order of the refusals is a promise: who calls, what that caller may do, which account, which kind, which id
    /// and parameters, which idempotency key.
    @Delete("/{account}/{kind}/{id:[^/]+}")
    @Consumes(MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> delete(HttpRequest<?> request) {
        Target target = Target.of(request);
        Caller caller = callers.of(request);
        Answered answered = answered(request, target, caller);
        LOG.info(
                "{} for {}: {} {} attempts {} request {} trace {}",
                target.path(),
                caller.subject(),
                answered.answer().code(),
                answered.answer().getHeaders().get("Unpost-Outcome"),
                answered.attempts(),
                target.requestId(),
                RequestIds.traceOf(request));
        return answered.answer();
    }

    /// An answer, and how many attempts this call made for it.
    private record Answered(MutableHttpResponse<?> answer, int attempts) {

        Answered with(String header, String value) {
            return new Answered(answer.header(header, value), attempts);
        }

        /// Whether the same call would come to nothing else.
        boolean isFinal() {
            return !(answer.body() instanceof Problem problem && problem.retryable());
        }
    }

    private Answered answered(HttpRequest<?> request, Target target, Caller caller) {
        if (target.path().endsWith("/")) {
            return refusal(ProblemCode.UNKNOWN_ROUTE, target, null);
        }
        Optional<Account> found = accounts.find(target.account());
        Optional<Deletable> deletable = found.flatMap(account -> deletable(account, target.kind()));
        String granted = deletable.map(what -> what.grantedAs().name()).orElse(target.kind());
        if (!caller.mayDelete(target.account(), granted)) {
            return refusal(ProblemCode.FORBIDDEN, target, null);
        }
        if (found.isEmpty()) {
            return refusal(ProblemCode.UNKNOWN_ACCOUNT, target, null);
        }
        Account account = found.get();
        if (deletable.isEmpty()) {
            String detail = "This account's dialect deletes " + String.join(", ", Kinds.of(account.dialect()))
                    + "; nothing was sent.";
            return refusal(ProblemCode.UNSUPPORTED_KIND, detail, target, account);
        }
        Deletable what = deletable.get();
        String id = target.id().orElse("");
        if (!what.accepts(id)) {
            String detail = "The id of such " + what.kind() + " is " + what.idForm() + "; nothing was sent.";
            return refusal(ProblemCode.INVALID_REQUEST, detail, target, account);
        }
        Optional<String> mistake = Wishes.mistake(request);
        if (mistake.isPresent()) {
            return refusal(ProblemCode.INVALID_REQUEST, mistake.get(), target, account);
        }
        Wishes wishes = Wishes.of(request);
        var command = new DeleteCommand(what.kind(), id, wishes.author());
        var answers = new Answers(target, account, what, wishes);
        if (wishes.dryRun()) {
            return new Answered(answers.planned(planner.plan(account, command), time.instant()), 0);
        }
        Optional<String> unusableKey = IdempotencyKey.mistake(request);
        if (unusableKey.isPresent()) {
            return refusal(ProblemCode.INVALID_REQUEST, unusableKey.get(), target, account);
        }
        var use = new Idempotency.Use(account.name(), what.kind().name(), id);
        return switch (idempotency.begin(IdempotencyKey.of(request, caller), use)) {
            case Idempotency.First first -> {
                try (first) {
                    var deadline = Deadline.in(wishes.patience(account.limits().call()), time);
                    Result result = gateway.delete(account, command, deadline);
                    var answered = new Answered(answers.of(result), result.attempts());
                    if (answered.isFinal()) {
                        first.settles(account, what, result);
                    }
                    yield answered;
                }
            }
            case Idempotency.Replay(Settled(var then, var kind, var result)) ->
                new Answered(new Answers(target, then, kind, wishes).of(result), 0).with("Idempotent-Replayed", "true");
            case Idempotency.InProgress _ ->
                refusal(ProblemCode.IDEMPOTENCY_IN_PROGRESS, target, account).with(HttpHeaders.RETRY_AFTER, "1");
            case Idempotency.Mismatch _ -> refusal(ProblemCode.IDEMPOTENCY_MISMATCH, target, account);
        };
    }

    private static Optional<Deletable> deletable(Account account, String kind) {
        return account.dialect().facts().deletables().stream()
                .filter(deletable -> deletable.kind().name().equals(kind))
                .findFirst();
    }

    private static Answered refusal(ProblemCode code, Target target, @Nullable Account account) {
        return refusal(code, code.explanation(), target, account);
    }

    private static Answered refusal(ProblemCode code, String detail, Target target, @Nullable Account account) {
        String dialect = account == null ? null : account.dialect().facts().id();
        return new Answered(Problems.response(Problem.of(code, detail, target, dialect, 0, null)), 0);
    }
}
