package io.unpost.gateway.http;

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
public final class DeleteController {

    private static final Logger LOG = LoggerFactory.getLogger(DeleteController.class);

    private final Accounts accounts;
    private final Callers callers;
    private final DeleteGateway gateway;
    private final Planner planner;
    private final AuditLog audit;
    private final Time time;

    public DeleteController(
            Accounts accounts, Callers callers, DeleteGateway gateway, Planner planner, AuditLog audit, Time time) {
        this.accounts = accounts;
        this.callers = callers;
        this.gateway = gateway;
        this.planner = planner;
        this.audit = audit;
        this.time = time;
    }

    /// The order of the refusals is a promise: who calls, what that caller may do, which account, which kind, which id
    /// and parameters.
    @Delete("/{account}/{kind}/{id:[^/]+}")
    @Consumes(MediaType.ALL)
    @ExecuteOn(TaskExecutors.VIRTUAL)
    HttpResponse<?> delete(HttpRequest<?> request) {
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

    /// An answer, and whether the audit log has it, so that no other log needs to.
    private record Answered(HttpResponse<?> answer, boolean audited) {

        String outcome() {
            return answer.getHeaders().get("Unpost-Outcome", String.class, "not_deleted");
        }

        @Nullable
        String evidence() {
            return answer.getHeaders().get("Unpost-Evidence");
        }

        @Nullable
        String code() {
            return answer.body() instanceof Problem problem ? problem.code() : null;
        }
    }

    private Answered answered(HttpRequest<?> request, Target target, Caller caller) {
        if (target.path().endsWith("/")) {
            return refusal(ProblemCode.UNKNOWN_ROUTE, ProblemCode.UNKNOWN_ROUTE.explanation(), target, null);
        }
        Optional<Account> found = accounts.find(target.account());
        Optional<Deletable> deletable = found.flatMap(account -> deletable(account, target.kind()));
        String granted = deletable.map(what -> what.grantedAs().name()).orElse(target.kind());
        if (!caller.mayDelete(target.account(), granted)) {
            return refusal(ProblemCode.FORBIDDEN, ProblemCode.FORBIDDEN.explanation(), target, null);
        }
        if (found.isEmpty()) {
            return refusal(ProblemCode.UNKNOWN_ACCOUNT, ProblemCode.UNKNOWN_ACCOUNT.explanation(), target, null);
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
        if (wishes.dryRun()) {
            return new Answered(answers.planned(planner.plan(account, command), time.instant()), false);
        }
        var deadline = Deadline.in(wishes.patience(account.limits().call()), time);
        var call = new AuditedCall(
                caller.subject(),
                caller.issuer(),
                account,
                what.kind().name(),
                id,
                target.requestId(),
                RequestIds.traceOf(request));
        Optional<AuditLog.Entry> entry = audit.intent(call);
        if (entry.isEmpty()) {
            return new Answered(answers.unaudited(), false);
        }
        var ending = new Ending("not_deleted", null, ProblemCode.INTERNAL_ERROR.wire(), null, null);
        try {
            Result result = gateway.delete(account, command, deadline);
            var answered = new Answered(answers.of(result), true);
            ending = new Ending(
                    answered.outcome(), answered.evidence(), answered.code(), result.attempts(), result.says());
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

    private static Answered refusal(ProblemCode code, String detail, Target target, @Nullable Account account) {
        String dialect = account == null ? null : account.dialect().facts().id();
        return new Answered(Problems.response(Problem.of(code, detail, target, dialect, 0, null)), false);
    }
}
