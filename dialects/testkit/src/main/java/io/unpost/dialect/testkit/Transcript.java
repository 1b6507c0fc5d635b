package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One request and its answer, as they stand on the wire, and what the answer proves.
///
/// A file `*.http` in UTF-8 with four parts, an empty line between them:
///
/// ```
/// # A post of somebody else.
/// kind: posts
/// id: 20
/// expect: Refused NOT_OWNER
///
/// POST /1.1/statuses/destroy/20.json
/// tweet_mode=extended
///
/// HTTP/1.1 403 Forbidden
/// Content-Type: application/json
///
/// {"errors":[{"code":183,"message":"You may not delete another user's status."}]}
/// ```
///
/// **Facts**, `name: value`: `kind`, `id` and `expect`; and where they matter `options: format=xml, method=delete`
/// and `received: 2026-11-23T18:25:43Z` (when the answer came). A line that begins with `#` is a comment; elsewhere
/// there are none.
///
/// `expect` is a verdict in words: `Deleted echo`, `Deleted acknowledged`, `AlreadyGone`, `NotFound`, `Unverified`,
/// `Refused REASON`, `Throttled`, `Throttled 900s`, `Unavailable`, `Unavailable 5s`, `Mismatched` or `Faulted`.
/// Without seconds, the answer must give none.
///
/// **Request**: the method and the path with its query, percent-encoded, without host and credentials; below it the
/// form, percent-encoded, a parameter a line or several with `&`.
///
/// **Response**: status line and headers. A `Content-Length` that is larger than the body makes a body that was cut
/// off. Where none is named, one that fits is added, as a server would, but not for a `204` or `304` and not beside
/// `Transfer-Encoding`.
///
/// **Body**: the rest of the file, byte for byte, without the line end of its last line. A file that ends before has
/// an empty body.
public final class Transcript {

    /// When an answer came whose transcript does not say.
    public static final Instant RECEIVED_AT = Instant.parse("2026-11-23T18:25:43Z");

    private static final List<String> FACTS = List.of("kind", "id", "expect", "options", "received");
    private static final Pattern FACT = Pattern.compile("([A-Za-z0-9-]+):\\s*(.*?)\\s*");
    private static final Pattern REQUEST = Pattern.compile("(POST|DELETE) ([^?\\s]+)(?:\\?(\\S*))?");
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern EXPECT =
            Pattern.compile("(Deleted (?:echo|acknowledged)|AlreadyGone|NotFound|Unverified"
                    + "|Refused [A-Z_]+|(?:Throttled|Unavailable)(?: [0-9]{1,9}s)?|Mismatched|Faulted)");

    private final String name;
    private final DeleteCommand command;
    private final Map<String, String> options;
    private final String expectation;
    private final Instant receivedAt;
    private final WireRequest request;
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Transcript(Reader reader) {
        name = reader.name;
        Map<String, String> facts = reader.facts();
        command = reader.command(facts);
        options = reader.options(facts);
        expectation = reader.expectation(facts);
        receivedAt = reader.receivedAt(facts);
        request = reader.request();
        status = reader.status();
        headers = reader.headers();
        body = reader.body();
        reader.requireFit(status, headers, body);
    }

    /// Reads one file.
    ///
    /// @throws IllegalArgumentException for a file that is no transcript; its text begins with `file:line:`
    public static Transcript read(Path file) {
        try {
            return of(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads each `*.http` file of a folder, by name.
    public static List<Transcript> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".http"))
                    .sorted()
                    .map(Transcript::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Reads the content of a file.
    ///
    /// @param name the file's name, for the error
    /// @throws IllegalArgumentException for content that is no transcript; its text begins with `name:line:`
    public static Transcript of(String name, byte[] content) {
        return new Transcript(new Reader(name, content));
    }

    /// The name of its file.
    public String name() {
        return name;
    }

    /// What was to be deleted.
    public DeleteCommand command() {
        return command;
    }

    /// What the account chose; empty where everything is at its default.
    public Map<String, String> options() {
        return options;
    }

    /// The verdict, in the words of [#words(Verdict)].
    public String expectation() {
        return expectation;
    }

    /// When the answer came.
    public Instant receivedAt() {
        return receivedAt;
    }

    /// The request, without credentials.
    public WireRequest request() {
        return request;
    }

    /// The status of the answer.
    public int status() {
        return status;
    }

    /// The headers of the answer, by lower-case name, with the `content-length` that a server adds.
    public Map<String, String> headers() {
        return headers;
    }

    /// The body of the answer; a copy.
    public byte[] body() {
        return body.clone();
    }

    /// Whether the body is shorter than its announced length.
    public boolean cutOff() {
        return Long.parseLong(headers.getOrDefault("content-length", "0")) > body.length;
    }

    /// The answer, as a dialect gets it.
    public WireResponse response() {
        return new WireResponse(status, headers, body, receivedAt);
    }

    /// A verdict in the words of an `expect` line.
    public static String words(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Deleted deleted ->
                "Deleted " + deleted.evidence().name().toLowerCase(Locale.ROOT);
            case Verdict.Refused refused -> "Refused " + refused.reason();
            case Verdict.Throttled throttled -> "Throttled" + seconds(throttled.retryAfter());
            case Verdict.Unavailable unavailable -> "Unavailable" + seconds(unavailable.retryAfter());
            case Verdict.AlreadyGone _,
                    Verdict.NotFound _,
                    Verdict.Unverified _,
                    Verdict.Mismatched _,
                    Verdict.Faulted _ -> verdict.getClass().getSimpleName();
        };
    }

    private static String seconds(@Nullable Duration wait) {
        return wait == null ? "" : " " + wait.toSeconds() + "s";
    }

    /// Whether the expected verdict is a [Verdict.Deleted] that rests on this.
    boolean proves(Evidence evidence) {
        return expectation.equals("Deleted " + evidence.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name;
    }

    /// Takes a file apart, part after part, and knows the line it is at.
    private static final class Reader {

        private final String name;
        private final byte[] content;
        private final Map<String, Integer> factLines = new HashMap<>();
        private int offset;
        private int line;

        Reader(String name, byte[] content) {
            this.name = name;
            this.content = content;
        }

        Map<String, String> facts() {
            var facts = new TreeMap<String, String>();
            for (String text = nextLine(); !text.isEmpty(); text = nextLine()) {
                if (!text.startsWith("#")) {
                    Matcher fact = matched(FACT, text, "a fact is 'name: value'");
                    String factName = fact.group(1);
                    require(FACTS.contains(factName), "the facts are " + String.join(", ", FACTS));
                    require(facts.put(factName, fact.group(2)) == null, factName + " stands twice");
                    factLines.put(factName, line);
                }
            }
            return facts;
        }

        DeleteCommand command(Map<String, String> facts) {
            String kind = required(facts, "kind");
            String id = required(facts, "id");
            try {
                return new DeleteCommand(new Kind(kind), id);
            } catch (IllegalArgumentException e) {
                throw malformed("kind", String.valueOf(e.getMessage()), e);
            }
        }

        Map<String, String> options(Map<String, String> facts) {
            var options = new TreeMap<String, String>();
            String text = facts.getOrDefault("options", "");
            for (String option : text.isEmpty() ? new String[0] : text.split(",", -1)) {
                int equals = option.indexOf('=');
                if (equals <= 0) {
                    throw malformed("options", "options are 'name=value, name=value'", null);
                }
                options.put(
                        option.substring(0, equals).strip(),
                        option.substring(equals + 1).strip());
            }
            return Map.copyOf(options);
        }

        String expectation(Map<String, String> facts) {
            String words = required(facts, "expect");
            if (!EXPECT.matcher(words).matches()) {
                throw malformed("expect", "'" + words + "' is no verdict", null);
            }
            if (words.startsWith("Refused ")) {
                try {
                    Reason.valueOf(words.substring("Refused ".length()));
                } catch (IllegalArgumentException e) {
                    throw malformed("expect", "the reasons are " + Arrays.toString(Reason.values()), e);
                }
            }
            return words;
        }

        Instant receivedAt(Map<String, String> facts) {
            try {
                String text = facts.get("received");
                return text == null ? RECEIVED_AT : Instant.parse(text);
            } catch (DateTimeException e) {
                throw malformed("received", "received is an instant such as " + RECEIVED_AT, e);
            }
        }

        WireRequest request() {
            Matcher start = matched(REQUEST, nextLine(), "a request begins with 'POST /path' or 'DELETE /path'");
            List<WireRequest.Parameter> query = parameters(start.group(3));
            int first = line;
            var form = new ArrayList<WireRequest.Parameter>();
            for (String text = nextLine(); !text.isEmpty(); text = nextLine()) {
                form.addAll(parameters(text));
            }
            try {
                return new WireRequest(WireRequest.Method.valueOf(start.group(1)), start.group(2), query, form);
            } catch (IllegalArgumentException e) {
                throw malformed(first, String.valueOf(e.getMessage()), e);
            }
        }

        private List<WireRequest.Parameter> parameters(@Nullable String text) {
            try {
                return Transcript.parameters(text);
            } catch (IllegalArgumentException e) {
                throw malformed(line, "parameters are 'name=value', percent-encoded", e);
            }
        }

        int status() {
            return Integer.parseInt(matched(STATUS, nextLine(), "a response begins with 'HTTP/1.1 200 OK'")
                    .group(1));
        }

        Map<String, String> headers() {
            var headers = new TreeMap<String, String>();
            for (String text = nextLine(); !text.isEmpty(); text = nextLine()) {
                Matcher header = matched(FACT, text, "a header is 'Name: value'");
                headers.merge(
                        header.group(1).toLowerCase(Locale.ROOT), header.group(2), (one, two) -> one + ", " + two);
            }
            return headers;
        }

        byte[] body() {
            int end = content.length;
            if (end > offset && content[end - 1] == '\n') {
                end--;
            }
            return Arrays.copyOfRange(content, Math.min(offset, end), end);
        }

        void requireFit(int status, Map<String, String> headers, byte[] body) {
            String length = headers.get("content-length");
            if (length != null) {
                require(length.matches("[0-9]{1,9}"), "content-length is a number");
                require(Integer.parseInt(length) >= body.length, "the body has " + body.length + " bytes");
            } else if (status != 204 && status != 304 && !headers.containsKey("transfer-encoding")) {
                headers.put("content-length", Integer.toString(body.length));
            }
        }

        private String nextLine() {
            int start = offset;
            while (offset < content.length && content[offset] != '\n') {
                offset++;
            }
            String text = new String(content, start, offset - start, UTF_8);
            offset = Math.min(offset + 1, content.length);
            line++;
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }

        private String required(Map<String, String> facts, String fact) {
            String value = facts.get(fact);
            if (value == null) {
                throw malformed(line, "the fact '" + fact + "' is missing", null);
            }
            return value;
        }

        private Matcher matched(Pattern pattern, String text, String rule) {
            Matcher matcher = pattern.matcher(text);
            require(matcher.matches(), rule);
            return matcher;
        }

        private void require(boolean holds, String rule) {
            if (!holds) {
                throw malformed(line, rule, null);
            }
        }

        private IllegalArgumentException malformed(String fact, String rule, @Nullable Exception cause) {
            return malformed(factLines.getOrDefault(fact, line), rule, cause);
        }

        private IllegalArgumentException malformed(int at, String rule, @Nullable Exception cause) {
            return new IllegalArgumentException(name + ":" + at + ": " + rule, cause);
        }
    }

    /// Takes a query or a form apart.
    ///
    /// @param text null and empty have no parameters
    /// @throws IllegalArgumentException for what is no `name=value`, percent-encoded
    static List<WireRequest.Parameter> parameters(@Nullable String text) {
        var parameters = new ArrayList<WireRequest.Parameter>();
        for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("a parameter is name=value");
            }
            parameters.add(new WireRequest.Parameter(
                    URLDecoder.decode(pair.substring(0, equals), UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), UTF_8)));
        }
        return parameters;
    }
}
