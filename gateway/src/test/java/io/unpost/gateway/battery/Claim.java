package io.unpost.gateway.battery;

import com.fasterxml.jackson.databind.JsonNode;
import io.unpost.gateway.Form;
import io.unpost.gateway.Told;
import java.time.Instant;
import java.util.List;

/// What was said of one delete, to its caller or to those who read up on it later.
///
/// @param outcome `deleted`, `already_gone`, `unverified`, `not_deleted` or `unknown`
/// @param evidence what a success rests on; empty where it is none
/// @param code that of a problem; empty where it is none
/// @param attempts how often it was tried; negative where that is not said
/// @param confirmation what a success of its form rests on where the provider confirms it
/// @param from when it was asked for
/// @param to when it was said
record Claim(
        String account,
        String kind,
        String id,
        String outcome,
        String evidence,
        String code,
        int attempts,
        String confirmation,
        Instant from,
        Instant to) {

    private static final List<Form> FORMS = Form.all().toList();

    /// What an answer says; one without a body says it in its headers.
    static Claim of(Operation operation, Told told, Instant from, Instant to) {
        boolean bare = told.status() == 204;
        return new Claim(
                operation.account(),
                operation.form().kind(),
                operation.id(),
                bare ? told.header("Unpost-Outcome") : told.at("/outcome"),
                bare ? told.header("Unpost-Evidence") : told.at("/evidence"),
                told.at("/code"),
                told.json().at("/attempts").asInt(-1),
                operation.form().evidence(),
                from,
                to);
    }

    /// What a line of the audit log says.
    static Claim of(JsonNode line, Instant from, Instant to) {
        String kind = line.at("/kind").asText();
        boolean twitter = line.at("/dialect").asText().startsWith(Form.TWITTER);
        return new Claim(
                line.at("/account").asText(),
                kind,
                line.at("/id").asText(),
                line.at("/outcome").asText(),
                line.at("/evidence").asText(""),
                line.at("/code").asText(""),
                line.at("/attempts").asInt(-1),
                FORMS.stream()
                        .filter(form ->
                                form.isOfTwitter() == twitter && form.kind().equals(kind))
                        .findFirst()
                        .map(Form::evidence)
                        .orElse(""),
                from,
                to);
    }

    @Override
    public String toString() {
        return account + "/" + kind + "/" + id + " " + outcome + (evidence.isEmpty() ? "" : " by " + evidence)
                + (code.isEmpty() ? "" : ", " + code);
    }
}
