package io.unpost.gateway.battery;

import io.unpost.gateway.Told;
import java.time.Instant;

/// What was said of one delete, to its caller or to those who read up on it later.
///
/// @param outcome `deleted`, `already_gone`, `unverified`, `not_deleted` or `unknown`
/// @param evidence what a success rests on; empty where it is none
/// @param from when it was asked for
/// @param to when it was said
record Claim(String account, String kind, String id, String outcome, String evidence, Instant from, Instant to) {

    /// What an answer says.
    static Claim of(Operation operation, Told told, Instant from, Instant to) {
        return new Claim(
                operation.account(),
                operation.form().kind(),
                operation.id(),
                told.at("/outcome"),
                told.at("/evidence"),
                from,
                to);
    }

    @Override
    public String toString() {
        return account + "/" + kind + "/" + id + " " + outcome + (evidence.isEmpty() ? "" : " by " + evidence);
    }
}
