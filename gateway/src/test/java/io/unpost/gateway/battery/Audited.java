package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.ONE_ANSWER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/// What the audit log says of deletes.
final class Audited {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Audited() {}

    /// One for each line that tells an outcome; one whose intent was not written before it is as if never asked for.
    static List<Claim> claims(List<String> lines) throws JsonProcessingException {
        var intents = new HashMap<String, Instant>();
        var claims = new ArrayList<Claim>();
        for (String text : lines) {
            JsonNode line = JSON.readTree(text);
            Instant at = Instant.parse(line.at("/time").asText());
            String request = line.at("/requestId").asText();
            if (line.at("/event").asText().equals("intent")) {
                intents.put(request, at);
            } else if (intents.containsKey(request)) {
                claims.add(Claim.of(line, intents.get(request), at));
            }
        }
        return claims;
    }

    /// Where it does not say what callers were told, no more and no less.
    ///
    /// @param untold how many callers left before they were told
    static Stream<Finding> findings(Collection<Claim> audited, Collection<Claim> told, int untold) {
        var others = new ArrayList<>(audited.stream().map(Claim::toString).toList());
        List<String> unwritten = told.stream()
                .map(Claim::toString)
                .filter(claim -> !others.remove(claim))
                .toList();
        return unwritten.isEmpty() && others.size() == untold
                ? Stream.empty()
                : Stream.of(new Finding(ONE_ANSWER, "the audit log has " + others + " instead of " + unwritten));
    }
}
