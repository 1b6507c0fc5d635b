package io.unpost.gateway.audit;

import io.unpost.dialect.ProviderSays;
import org.jspecify.annotations.Nullable;

/// How a call ended, as its caller is told.
///
/// @param outcome `deleted`, `already_gone`, `unverified`, `not_deleted` or `unknown`
/// @param evidence what a success rests on; null for a problem
/// @param code the problem's code; null for a success
/// @param attempts how many attempts were made, sent or not; null where the gateway failed and nobody knows
/// @param says the provider's last answer; null where none came
public record Ending(
        String outcome,
        @Nullable String evidence,
        @Nullable String code,
        @Nullable Integer attempts,
        @Nullable ProviderSays says) {}
