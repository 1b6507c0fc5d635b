package io.unpost.gateway.battery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

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
                claims.add(new Claim(
                        line.at("/account").asText(),
                        line.at("/kind").asText(),
                        line.at("/id").asText(),
                        line.at("/outcome").asText(),
                        line.at("/evidence").asText(""),
                        intents.get(request),
                        at));
            }
        }
        return claims;
    }
}
