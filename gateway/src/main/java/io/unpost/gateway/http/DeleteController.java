package io.unpost.gateway.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
import io.unpost.gateway.audit.AuditLog;
import io.unpost.gateway.audit.AuditedCall;
import io.unpost.gateway.audit.Ending;
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
public final class DeleteController implements DeleteOperation {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteController.class);

    private final Accounts accounts;
    private final Callers callers;
    private final DeleteGateway gateway;
    private final Planner planner;
    private final Idempotency idempotency;
    private final Underway underway;
    private final AuditLog audit;
    private final Time time;

    DeleteController(
            Accounts accounts,
            Callers callers,
            DeleteGateway gateway,
            Planner planner,
            Idempotency idempotency,
            Underway underway,
            AuditLog audit,
            Time time) {
        this.accounts = accounts;
        this.callers = callers;
        this.gateway = gateway;
        this.planner = planner;
        this.idempotency = idempotency;
        this.underway = underway;
        this.audit = audit;
        this.time = time;
    }

    /// The order of the refusals is a promise: who calls, what that caller may do, which account, which kind, which id
    /// and parameters, which idempotency key.
    @Override
    @Delete("/{account}/{kind}/{id:[^/]+}")
    @Consumes(MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    public HttpResponse<?> delete(HttpRequest<?> request) {
        Target target = Target.of(request);
        Caller caller = callers.of(request);
        Answered answered = answered(request, target, caller);
        if (!answered.audited()) {
            LOG.info(
                    "{} for {}: {} {} request {} trace {}",
                    target.path(),
                    caller.subject(),
                    answered.answer().code(),
                    answered.outcome(),
                    target.requestId(),
                    RequestIds.traceOf(request));
        }
        return answered.answer();
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
        var command = new DeleteCommand(what.kind(), id);
        var answers = new Answers(target, account, what, wishes);
        Optional<String> unusableKey = IdempotencyKey.mistake(request);
        if (unusableKey.isPresent()) {
            return refusal(ProblemCode.INVALID_REQUEST, unusableKey.get(), target, account);
        }
        if (wishes.dryRun()) {
            return Answered.unaudited(answers.planned(planner.plan(account, command), time.instant()));
        }
        var call = new AuditedCall(
                caller.subject(),
                caller.issuer(),
                account,
                what.kind().name(),
                id,
                target.requestId(),
                RequestIds.traceOf(request));
        var use = new Idempotency.Use(account.name(), what.kind().name(), id);
        return switch (idempotency.begin(IdempotencyKey.of(request, caller), use)) {
            case Idempotency.First first -> {
                try (first) {
                    yield admitted(request, call, command, answers, first);
                }
            }
            case Idempotency.Replay(Settled(var then, var kind, var result)) ->
                Answered.unaudited(new Answers(target, then, kind, wishes).of(result))
                        .with("Idempotent-Replayed", "true");
            case Idempotency.InProgress _ ->
                refusal(ProblemCode.IDEMPOTENCY_IN_PROGRESS, target, account).with(HttpHeaders.RETRY_AFTER, "1");
            case Idempotency.Mismatch _ -> refusal(ProblemCode.IDEMPOTENCY_MISMATCH, target, account);
        };
    }

    /// Within what the gateway may have under way.
    private Answered admitted(
            HttpRequest<?> request, AuditedCall call, DeleteCommand command, Answers answers, Idempotency.First first) {
        if (!underway.begin(gateway.underWay())) {
            return Answered.unaudited(answers.full());
        }
        try {
            return tried(request, call, command, answers, first);
        } finally {
            underway.end();
        }
    }

    /// Nothing is sent that the audit log does not know of.
    private Answered tried(
            HttpRequest<?> request, AuditedCall call, DeleteCommand command, Answers answers, Idempotency.First first) {
        Account account = call.account();
        var deadline = Deadline.in(answers.wishes().patience(account.limits().call()), time);
        Optional<AuditLog.Entry> entry = audit.intent(call);
        if (entry.isEmpty()) {
            return Answered.unaudited(answers.unaudited());
        }
        var ending = new Ending("not_deleted", null, ProblemCode.INTERNAL_ERROR.wire(), null, null);
        try {
            Result result = gateway.delete(account, command, deadline);
            var answered = new Answered(answers.of(result), true);
            ending = new Ending(
                    answered.outcome(), answered.evidence(), answered.code(), result.attempts(), result.says());
            CountedAnswers.elsewhere(request, result.elsewhere());
            if (answered.isFinal()) {
                first.settles(account, answers.what(), result);
            }
            return answered;
        } finally {
            entry.get().outcome(ending);
        }
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
        return Answered.unaudited(Problems.response(Problem.of(code, detail, target, dialect, 0, null)));
    }
}
