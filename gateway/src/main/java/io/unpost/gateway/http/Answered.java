package io.unpost.gateway.http;

import io.micronaut.http.MutableHttpResponse;
import org.jspecify.annotations.Nullable;

/// An answer to a delete, and what it tells, read off the answer itself.
///
/// @param audited whether the audit log has it, so that no other log needs to
record Answered(MutableHttpResponse<?> answer, boolean audited) {

    /// An answer of which the audit log knows nothing.
    static Answered unaudited(MutableHttpResponse<?> answer) {
        return new Answered(answer, false);
    }

    Answered with(String header, String value) {
        return new Answered(answer.header(header, value), audited);
    }

    String outcome() {
        return answer.getHeaders().get("Unpost-Outcome", String.class, "not_deleted");
    }

    /// Null where it is a problem.
    @Nullable
    String evidence() {
        return answer.getHeaders().get("Unpost-Evidence");
    }

    /// Null where it is no problem.
    @Nullable
    String code() {
        return answer.body() instanceof Problem problem ? problem.code() : null;
    }

    /// Whether the same call would come to nothing else.
    boolean isFinal() {
        return !(answer.body() instanceof Problem problem && problem.retryable());
    }
}
