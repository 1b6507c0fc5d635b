package io.unpost.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/// What the gateway told a caller.
public record Told(int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static Told of(HttpResponse<String> response) {
        return new Told(response.statusCode(), response.headers(), response.body());
    }

    /// The value at a JSON pointer as text; `null` where it is null, empty where there is none.
    public String at(String pointer) {
        return json().at(pointer).asText();
    }

    public boolean has(String pointer) {
        return !json().at(pointer).isMissingNode();
    }

    /// The outcome of a success, the code of a problem.
    public String what() {
        return at(has("/code") ? "/code" : "/outcome");
    }

    /// A success with what it rests on, as `deleted by echo`; a problem's code.
    public String claim() {
        return has("/code") ? at("/code") : at("/outcome") + " by " + at("/evidence");
    }

    /// A header's value; empty where there is none.
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
