package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Dialect;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.PercentEncoding;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/// What every dialect must hold.
///
/// A dialect's test extends this and names the dialect; the [transcripts][Transcript] lie in a resource folder that is
/// called as the dialect's id. There must be one for each kind, and one for each verdict that is not declared as never
/// said.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DialectContract {

    static final List<Integer> STATUSES = List.of(
            100, 103, 200, 201, 202, 204, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403,
            404, 405, 406, 407, 408, 409, 410, 413, 418, 420, 422, 425, 429, 431, 451, 499, 500, 501, 502, 503, 504,
            511, 520, 599);
    private static final int CUTS_PER_STATUS = 16;

    private static final List<String> HOSTILE_IDS = List.of(
            "",
            " ",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "a/../../b",
            "?",
            "#",
            "1?x=y",
            "1#x",
            "%2F",
            "%2e%2e",
            "%00",
            "%",
            "\r\n",
            "1\r\nX: y",
            "1\n",
            "\n1",
            "\0",
            "1\0",
            "\u0661\u0662",
            "\uFF11\uFF12\uFF13",
            "1".repeat(10_000),
            "a".repeat(10_000),
            ";",
            "1;v=2",
            "+",
            "1+1",
            "1 ",
            " 1",
            "1 2",
            "\t",
            "\"",
            "'",
            "a&b=c",
            "=",
            "*",
            "~",
            "$(x)",
            "-1",
            "0x1",
            "1e3",
            "1.0",
            "1,2",
            "{id}",
            "http://example.com/",
            "//example.com",
            "@example.com",
            ":80",
            "\uD83D\uDE00",
            "\u202E1",
            "\u200B1",
            "\uFEFF1",
            "null",
            "-",
            "_");

    private final Class<? extends Dialect> type;
    private final Set<Class<? extends Verdict>> neverSaid;
    private final Dialect dialect;
    private @Nullable List<Transcript> all;

    /// @param type the dialect
    /// @param neverSaid the verdicts it never gives; those it does give need a transcript each
    protected DialectContract(Class<? extends Dialect> type, Set<Class<? extends Verdict>> neverSaid) {
        this.type = type;
        this.neverSaid = Set.copyOf(neverSaid);
        this.dialect = instance();
    }

    /// The folder with the transcripts.
    protected Path transcripts() {
        URL folder = getClass().getResource("/" + dialect.facts().id());
        if (folder == null) {
            throw new AssertionError("there is no folder of transcripts src/test/resources/"
                    + dialect.facts().id());
        }
        try {
            return Path.of(folder.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void isFoundUnderItsId() {
        assertThat(ServiceLoader.load(Dialect.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(found ->
                                found.facts().id().equals(dialect.facts().id())))
                .as(
                        "dialects that META-INF/services/%s finds as %s",
                        Dialect.class.getName(), dialect.facts().id())
                .singleElement()
                .isInstanceOf(type);
    }

    @Test
    void namesItselfWell() {
        assertThat(dialect.facts().id()).matches("[a-z0-9][a-z0-9.-]{0,62}");
        assertThat(dialect.facts().provider()).isNotBlank();
        assertThat(dialect.facts().documentation().getScheme()).isIn("http", "https");
        assertThat(dialect.facts().documentation().getHost()).isNotBlank();
        URI base = dialect.facts().baseUri();
        if (base == null) {
            return;
        }
        assertThat(base.getScheme()).isIn("http", "https");
        assertThat(base.getHost()).isNotBlank();
        assertThat(base.toString()).doesNotEndWith("/");
        assertThat(Arrays.asList(base.getRawQuery(), base.getRawFragment(), base.getRawUserInfo()))
                .as("query, fragment and user of the base")
                .containsOnlyNulls();
    }

    @Test
    void saysWhatItDeletesAndWhatItAsksFor() {
        assertThat(dialect.facts().deletables()).isNotEmpty();
        assertThat(dialect.facts().deletables()).extracting(Deletable::kind).doesNotHaveDuplicates();
        assertThat(dialect.facts().deletables()).extracting(Deletable::idForm).noneMatch(String::isBlank);
        assertThat(dialect.facts().credentials()).isNotEmpty();
        assertThat(dialect.facts().credentials())
                .extracting(CredentialForm::scheme)
                .doesNotHaveDuplicates();
        assertThat(dialect.facts().options())
                .extracting(Option::name)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(dialect.facts().options())
                .allSatisfy(option -> assertThat(option.values()).doesNotHaveDuplicates());
        Dialect second = instance();
        assertThat(List.of(
                        second.facts().id(),
                        second.facts().provider(),
                        second.facts().documentation()))
                .isEqualTo(List.of(
                        dialect.facts().id(),
                        dialect.facts().provider(),
                        dialect.facts().documentation()));
        assertThat(second.facts().baseUri()).isEqualTo(dialect.facts().baseUri());
    }

    @Test
    void hasATranscriptForEachKindAndEachVerdict() {
        assertThat(dialect.facts().deletables())
                .allSatisfy(deletable -> assertThat(all())
                        .as("transcripts of %s", deletable.kind())
                        .anyMatch(transcript -> transcript.command().kind().equals(deletable.kind())));
        assertThat(all())
                .allSatisfy(
                        transcript -> assertThat(deletable(transcript.command().kind())
                                        .accepts(transcript.command().id()))
                                .as("the id of %s is well-formed", transcript)
                                .isTrue());
        Set<String> expected = all().stream()
                .map(transcript -> verdictOf(transcript.expectation()))
                .collect(Collectors.toSet());
        Set<String> said = Arrays.stream(Verdict.class.getPermittedSubclasses())
                .filter(verdict -> !neverSaid.contains(verdict))
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(expected)
                .as("verdicts with a transcript; one that the dialect never gives is named in the constructor's set")
                .containsExactlyInAnyOrderElementsOf(said);
    }

    @Test
    void hostileIdStaysInItsPlace() {
        for (DeleteCommand sample : commands()) {
            Deletable deletable = deletable(sample.kind());
            for (Options options : everyChoice()) {
                WireRequest benign = dialect.encode(sample, options);
                for (String hostile : HOSTILE_IDS) {
                    if (deletable.accepts(hostile)) {
                        requireInPlace(sample, benign, hostile, options);
                    }
                }
            }
        }
    }

    private void requireInPlace(DeleteCommand sample, WireRequest benign, String hostile, Options options) {
        String what = "the request for " + sample.kind() + " '" + abbreviated(hostile) + "'";
        WireRequest request;
        try {
            request = dialect.encode(new DeleteCommand(sample.kind(), hostile), options);
        } catch (RuntimeException e) {
            throw new AssertionError("accepts the id of " + what + ", and cannot encode it", e);
        }
        String safe = PercentEncoding.encode(hostile);
        assertThat(safe).as(what).isNotEmpty();
        List<String> segments = Arrays.stream(benign.path().split("/", -1))
                .map(segment -> segment.replace(PercentEncoding.encode(sample.id()), safe))
                .toList();
        assertThat(Arrays.asList(request.path().split("/", -1)))
                .as(what + ", path")
                .isEqualTo(segments);
        assertThat(request.query()).as(what + ", query").isEqualTo(withId(benign.query(), sample.id(), hostile));
        assertThat(request.form()).as(what + ", form").isEqualTo(withId(benign.form(), sample.id(), hostile));
    }

    @Property
    void anyIdThatIsAcceptedStaysInItsPlace(@ForAll("ids") DeleteCommand command) {
        DeleteCommand sample = commands().stream()
                .filter(one -> one.kind().equals(command.kind()))
                .findFirst()
                .orElseThrow();
        boolean accepted = deletable(command.kind()).accepts(command.id());
        for (Options options : accepted ? everyChoice() : List.<Options>of()) {
            requireInPlace(sample, dialect.encode(sample, options), command.id(), options);
        }
        // Else all ids might be refused, and nothing be looked at.
        Statistics.collect(accepted);
        Statistics.coverage(ids -> ids.check(true).percentage(share -> share > 5));
    }

    @Provide
    Arbitrary<DeleteCommand> ids() {
        return Arbitraries.of(commands()).flatMap(Generated::ids);
    }

    private static List<WireRequest.Parameter> withId(List<WireRequest.Parameter> all, String from, String to) {
        return all.stream()
                .map(one -> one.value().equals(from) ? new WireRequest.Parameter(one.name(), to) : one)
                .toList();
    }

    @Test
    void encodesTheSameEachTime() {
        Dialect second = instance();
        for (DeleteCommand sample : commands()) {
            for (Options options : everyChoice()) {
                WireRequest request = dialect.encode(sample, options);
                assertThat(dialect.encode(sample, options)).as("encoded again").isEqualTo(request);
                assertThat(second.encode(sample, options))
                        .as("encoded by a second instance")
                        .isEqualTo(request);
            }
        }
    }

    @Test
    void requestCarriesNoCredentialsAndNoParameterTwice() {
        Set<String> credentials = credentialParameters();
        for (DeleteCommand sample : commands()) {
            for (Options options : everyChoice()) {
                WireRequest request = dialect.encode(sample, options);
                List<String> names = Stream.concat(request.query().stream(), request.form().stream())
                        .map(WireRequest.Parameter::name)
                        .toList();
                assertThat(names)
                        .doesNotHaveDuplicates()
                        .noneMatch(name -> name.startsWith("oauth_") || credentials.contains(name));
            }
        }
    }

    @Test
    void senselessBodyProvesNothing() {
        Map<String, byte[]> bodies = Mutations.senseless();
        for (DeleteCommand sample : commands()) {
            bodies.forEach((what, body) -> {
                // Large bodies cost time, and no status makes them readable.
                for (int status : body.length > 10_000 ? List.of(200, 404, 503) : STATUSES) {
                    for (Framing framing : Framing.values()) {
                        judged(sample, status, framing.headers(body, body.length), body, Claim.NOTHING, what);
                    }
                }
            });
        }
    }

    @Property
    void anyAnswerHasAVerdictThatItCarries(@ForAll("answers") Generated.Answer answer) {
        judged(answer.command(), answer.status(), answer.headers(), answer.body(), Claim.ANY, "a generated answer");
    }

    @Provide
    Arbitrary<Generated.Answer> answers() {
        return Generated.answers(all());
    }

    @Test
    void cutBodyConfirmsNothing() {
        forEachBody(transcript -> {
            byte[] body = transcript.body();
            boolean wellFormed = Mutations.wellFormed(body);
            int whole = new String(body, UTF_8).stripTrailing().getBytes(UTF_8).length;
            int step = Math.max(1, whole / CUTS_PER_STATUS);
            for (int length = 0; length < whole; length++) {
                byte[] cut = Arrays.copyOf(body, length);
                Set<Integer> statuses = new LinkedHashSet<>(List.of(200, transcript.status()));
                if (length % step == 0) {
                    statuses.addAll(STATUSES);
                }
                for (int status : statuses) {
                    String what = transcript + " cut at byte " + length;
                    judgedCut(transcript, status, Framing.TOO_LONG, cut, what);
                    judgedCut(transcript, status, Framing.BY_CLOSE, cut, what);
                    if (wellFormed) {
                        judgedCut(transcript, status, Framing.FITS, cut, what);
                        judgedCut(transcript, status, Framing.CHUNKED, cut, what);
                    }
                }
            }
        });
    }

    private void judgedCut(Transcript transcript, int status, Framing framing, byte[] cut, String what) {
        int whole = transcript.body().length;
        judged(transcript.command(), status, framing.headers(cut, whole), cut, Claim.NO_SUCCESS, what);
    }

    @Test
    void bodyOfAnotherLengthThanAnnouncedConfirmsNothing() {
        forEachBody(transcript -> {
            byte[] body = transcript.body();
            for (String length : List.of(body.length + 1 + "", body.length - 1 + "", "-1", "soon", "")) {
                Map<String, String> headers = Map.of("content-length", length);
                String what = transcript + " with content-length '" + length + "'";
                judged(transcript.command(), transcript.status(), headers, body, Claim.NO_SUCCESS, what);
            }
        });
    }

    @Test
    void headerOfAnotherFormIsNoError() {
        for (Transcript transcript : all()) {
            for (String name : transcript.headers().keySet()) {
                for (String value : List.of("", "soon", "-1", "0", "9999999999", "9".repeat(30))) {
                    var headers = new HashMap<>(transcript.headers());
                    headers.put(name, value);
                    judged(
                            transcript.command(),
                            transcript.status(),
                            headers,
                            transcript.body(),
                            claimOf(transcript),
                            transcript + " with " + name + ": " + value);
                }
            }
        }
    }

    @Test
    void anotherStatusNeverMakesASuccess() {
        forEachBody(transcript -> {
            for (int status : STATUSES) {
                judged(transcript, status, transcript.body(), claimOf(transcript), "with status " + status);
            }
        });
    }

    @Test
    void anotherIdIsNeverConfirmed() {
        forEachBody(transcript -> {
            if (transcript.proves(Evidence.ECHO)) {
                String id = transcript.command().id();
                for (String other : List.of(otherThan(id), id + "0", id.substring(1))) {
                    byte[] body = new String(transcript.body(), UTF_8)
                            .replace(id, other)
                            .getBytes(UTF_8);
                    judged(transcript, transcript.status(), body, Claim.NO_SUCCESS, "for the id " + other);
                    var command = new DeleteCommand(transcript.command().kind(), other);
                    judged(
                            command,
                            transcript.status(),
                            transcript.headers(),
                            transcript.body(),
                            Claim.NO_SUCCESS,
                            transcript + " asked for the id " + other);
                }
            }
        });
    }

    @Test
    void idThatStandsTwiceIsNeverConfirmed() {
        forEachBody(transcript -> {
            if (transcript.proves(Evidence.ECHO)) {
                String id = transcript.command().id();
                for (String second : List.of(id, otherThan(id))) {
                    byte[] body = Mutations.repeated(transcript.body(), id, second);
                    assertThat(body).as("%s with its ids twice", transcript).isNotEqualTo(transcript.body());
                    judged(transcript, transcript.status(), body, Claim.NO_SUCCESS, "with its ids twice");
                }
            }
        });
    }

    @Test
    void fieldOfAnotherTypeIsNoError() {
        forEachBody(transcript -> {
            for (byte[] body : Mutations.otherTypes(transcript.body())) {
                // Another value can make it what the provider says to a success: {"deleted":false}, with a true.
                Claim claim = confirms(transcript.command().kind(), body) ? Claim.ANY : claimOf(transcript);
                for (int status : new LinkedHashSet<>(List.of(200, transcript.status()))) {
                    judged(transcript, status, body, claim, "as " + new String(body, UTF_8));
                }
            }
        });
    }

    @Test
    void otherEncodingIsNoError() {
        forEachBody(transcript -> Mutations.reencoded(transcript.body()).forEach((what, body) -> {
            boolean wrapped = what.startsWith("in an ");
            for (int status : STATUSES) {
                judged(transcript, status, body, wrapped ? Claim.NO_SUCCESS : claimOf(transcript), what);
            }
        }));
    }

    @Test
    void decodesTheSameEachTime() {
        Dialect second = instance();
        for (Transcript transcript : all()) {
            Verdict verdict = dialect.decode(transcript.command(), transcript.response());
            assertThat(dialect.decode(transcript.command(), transcript.response()))
                    .isEqualTo(verdict);
            assertThat(second.decode(transcript.command(), transcript.response()))
                    .as("decoded by a second instance")
                    .isEqualTo(verdict);
        }
    }

    @TestFactory
    Stream<DynamicTest> transcriptReplays() {
        return all().stream()
                .map(transcript -> dynamicTest(transcript.name(), () -> {
                    Options options = Options.chosen(dialect.facts().options(), transcript.options());
                    assertThat(dialect.encode(transcript.command(), options))
                            .as("the request of %s", transcript)
                            .isEqualTo(transcript.request());
                    Verdict verdict = dialect.decode(transcript.command(), transcript.response());
                    assertThat(breach(transcript.command(), transcript.status(), transcript.body(), Claim.ANY, verdict))
                            .as("%s", verdict)
                            .isNull();
                    assertThat(Transcript.words(verdict))
                            .as("%s: %s", transcript, verdict)
                            .isEqualTo(transcript.expectation());
                }));
    }

    @TestFactory
    Stream<DynamicTest> transcriptReplaysOverHttp() {
        return all().stream().map(transcript -> dynamicTest(transcript.name(), () -> replay(transcript)));
    }

    private void replay(Transcript transcript) throws IOException, InterruptedException {
        Options options = Options.chosen(dialect.facts().options(), transcript.options());
        WireRequest request = dialect.encode(transcript.command(), options);
        try (var server = ReplayServer.start(List.of(transcript), credentialParameters());
                var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofSeconds(10))
                        .build()) {
            HttpResponse<byte[]> response;
            try {
                response = client.send(overHttp(server.baseUri(), request), HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                assertThat(transcript.cutOff())
                        .as("%s is cut off: %s", transcript, e)
                        .isTrue();
                return;
            }
            assertThat(transcript.cutOff()).as("%s is cut off", transcript).isFalse();
            var headers = new HashMap<String, String>();
            response.headers().map().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            var answer = new WireResponse(response.statusCode(), headers, response.body(), transcript.receivedAt());
            Verdict verdict = dialect.decode(transcript.command(), answer);
            assertThat(Transcript.words(verdict))
                    .as("%s: %s, after %s", transcript, verdict, new String(response.body(), UTF_8))
                    .isEqualTo(transcript.expectation());
        }
    }

    private HttpRequest overHttp(URI base, WireRequest request) {
        var query = new ArrayList<>(request.query());
        credentialParameters().forEach(name -> query.add(new WireRequest.Parameter(name, "secret")));
        String target = base + request.path() + (query.isEmpty() ? "" : "?" + encoded(query));
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(target))
                .timeout(Duration.ofSeconds(10))
                .header("authorization", "OAuth oauth_signature=\"none\"");
        return switch (request.method()) {
            case POST ->
                builder.header("content-type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encoded(request.form())))
                        .build();
            case DELETE -> builder.DELETE().build();
        };
    }

    private static String encoded(List<WireRequest.Parameter> parameters) {
        return parameters.stream()
                .map(one -> PercentEncoding.encode(one.name()) + "=" + PercentEncoding.encode(one.value()))
                .collect(Collectors.joining("&"));
    }

    @Test
    void isPure() {
        assertThat(Purity.breaches(Purity.classesOf(type)))
                .as("what a translator does not do")
                .isEmpty();
    }

    private Dialect instance() {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            return fail(type + " has no public constructor without arguments", e);
        }
    }

    private List<Transcript> all() {
        if (all == null) {
            all = Transcript.readAll(transcripts());
            assertThat(all).as("transcripts").isNotEmpty();
        }
        return all;
    }

    /// A command for each kind, with an id of the provider's own.
    private List<DeleteCommand> commands() {
        return dialect.facts().deletables().stream()
                .map(deletable -> all().stream()
                        .map(Transcript::command)
                        .filter(command -> command.kind().equals(deletable.kind()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no transcript of " + deletable.kind())))
                .toList();
    }

    private void forEachBody(Consumer<Transcript> check) {
        all().stream().filter(transcript -> transcript.body().length > 0).forEach(check);
    }

    private Deletable deletable(Kind kind) {
        return dialect.facts().deletables().stream()
                .filter(deletable -> deletable.kind().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the dialect does not delete " + kind));
    }

    private Set<String> credentialParameters() {
        return dialect.facts().credentials().stream()
                .flatMap(form -> form.parameters().stream())
                .collect(Collectors.toSet());
    }

    /// Each way to choose among the options.
    private List<Options> everyChoice() {
        List<Map<String, String>> choices = List.of(Map.of());
        for (Option option : dialect.facts().options()) {
            choices = choices.stream()
                    .flatMap(choice -> option.values().stream().map(value -> {
                        var extended = new TreeMap<>(choice);
                        extended.put(option.name(), value);
                        return (Map<String, String>) extended;
                    }))
                    .toList();
        }
        return choices.stream()
                .map(choice -> Options.chosen(dialect.facts().options(), choice))
                .toList();
    }

    /// How much a verdict may claim.
    private enum Claim {
        /// Whatever the body says.
        ANY,
        /// Anything but that it was deleted: the answer is another one's.
        NOT_DELETED,
        /// Anything but success: the body confirms nothing.
        NO_SUCCESS,
        /// No more than the status says.
        NOTHING
    }

    /// What the headers say about the length of a body.
    private enum Framing {
        FITS,
        TOO_LONG,
        CHUNKED,
        BY_CLOSE;

        Map<String, String> headers(byte[] body, int whole) {
            return switch (this) {
                case FITS -> Map.of("content-length", Integer.toString(body.length));
                case TOO_LONG -> Map.of("content-length", Integer.toString(Math.max(whole, body.length + 1)));
                case CHUNKED -> Map.of("transfer-encoding", "chunked");
                case BY_CLOSE -> Map.of();
            };
        }
    }

    private Verdict judged(Transcript transcript, int status, byte[] body, Claim claim, String what) {
        var headers = new TreeMap<>(transcript.headers());
        if (!transcript.cutOff() && headers.containsKey("content-length")) {
            headers.put("content-length", Integer.toString(body.length));
        }
        return judged(transcript.command(), status, headers, body, claim, transcript + " " + what);
    }

    /// Decodes an answer, and fails where the verdict claims more than it can.
    private Verdict judged(
            DeleteCommand command, int status, Map<String, String> headers, byte[] body, Claim claim, String what) {
        Verdict verdict;
        try {
            verdict = dialect.decode(command, new WireResponse(status, headers, body, Transcript.RECEIVED_AT));
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("throws at " + abbreviated(what) + ", status " + status, e);
        }
        String breach = breach(command, status, body, claim, verdict);
        if (breach != null) {
            return fail("%s, at %s, status %d: %s", breach, abbreviated(what), status, verdict);
        }
        return verdict;
    }

    /// What a verdict claims too much, or wrongly; null where nothing.
    private @Nullable String breach(DeleteCommand command, int status, byte[] body, Claim claim, Verdict verdict) {
        boolean success = status >= 200 && status < 300;
        if (verdict == null) {
            return "says nothing";
        }
        if (neverSaid.contains(verdict.getClass())) {
            return "says what it declares never to say";
        }
        if (verdict.says().status() != status) {
            return "gives another status";
        }
        return switch (verdict) {
            case Verdict.Deleted deleted -> {
                if (!success) {
                    yield "says Deleted without a 2xx";
                }
                if (claim != Claim.ANY && !provenByStatus(command, status, "Deleted ")) {
                    yield "says Deleted where nothing confirms it";
                }
                yield evidenceBreach(deleted, command, body);
            }
            case Verdict.Unverified _ -> {
                if (!success) {
                    yield "says Unverified without a 2xx";
                }
                boolean empty = claim == Claim.NOTHING && !provenByStatus(command, status, "Unverified");
                yield empty ? "says Unverified where the provider did not say yes" : null;
            }
            case Verdict.AlreadyGone _ -> {
                boolean unsaid = claim == Claim.NO_SUCCESS || claim == Claim.NOTHING;
                if (unsaid && !provenByStatus(command, status, "AlreadyGone")) {
                    yield "says AlreadyGone where nothing says so";
                }
                yield status >= 500 ? "takes a 5xx for a definite answer" : redirect(status);
            }
            case Verdict.NotFound _, Verdict.Refused _ ->
                status >= 500 ? "takes a 5xx for a definite answer" : redirect(status);
            case Verdict.Throttled throttled -> waitBreach(throttled.retryAfter(), status);
            case Verdict.Unavailable unavailable ->
                claim == Claim.NOTHING
                        ? "says Unavailable without the provider's own word"
                        : waitBreach(unavailable.retryAfter(), status);
            case Verdict.Mismatched mismatched -> {
                if (!success) {
                    yield "says Mismatched without a 2xx";
                }
                yield mismatched.id().equals(command.id()) ? "says Mismatched of the very id" : null;
            }
            case Verdict.Faulted faulted -> faulted.why().isBlank() ? "does not say what is wrong" : null;
        };
    }

    private static @Nullable String evidenceBreach(Verdict.Deleted deleted, DeleteCommand command, byte[] body) {
        return switch (deleted.evidence()) {
            case ECHO -> {
                if (!command.id().equals(deleted.echoedId())) {
                    yield "echoes another id than it was asked for";
                }
                yield new String(body, UTF_8).contains(command.id()) || new String(body, UTF_16).contains(command.id())
                        ? null
                        : "echoes an id that the body does not have";
            }
            case ACKNOWLEDGED -> deleted.echoedId() == null ? null : "names an id that it does not rest on";
            case ABSENCE -> "takes absence for its own deletion";
        };
    }

    private static @Nullable String waitBreach(@Nullable Duration wait, int status) {
        return wait != null && wait.isNegative() ? "asks to wait a negative time" : redirect(status);
    }

    private static @Nullable String redirect(int status) {
        return status >= 300 && status < 400 ? "takes a redirect for an answer" : null;
    }

    /// Whether a transcript shows that this status says so without a body.
    private boolean provenByStatus(DeleteCommand command, int status, String expectation) {
        return all().stream()
                .anyMatch(transcript -> transcript.command().kind().equals(command.kind())
                        && transcript.status() == status
                        && transcript.body().length == 0
                        && transcript.expectation().startsWith(expectation));
    }

    /// Whether a transcript shows that this very body is a success, but for spaces and how a yes or no is written.
    private boolean confirms(Kind kind, byte[] body) {
        return all().stream()
                .anyMatch(transcript -> transcript.command().kind().equals(kind)
                        && claimOf(transcript) == Claim.ANY
                        && plain(transcript.body()).equals(plain(body)));
    }

    private static String plain(byte[] body) {
        return new String(body, UTF_8)
                .replaceAll("\\s", "")
                .replaceAll(":(?:1|\"1\"|\"true\")(?=[,}])", ":true")
                .replaceAll(":(?:0|\"0\"|\"false\")(?=[,}])", ":false");
    }

    private static Claim claimOf(Transcript transcript) {
        return transcript.expectation().startsWith("Deleted ") ? Claim.ANY : Claim.NOT_DELETED;
    }

    private static String otherThan(String id) {
        char last = id.charAt(id.length() - 1);
        return id.substring(0, id.length() - 1) + (last == '7' ? '8' : '7');
    }

    private static String verdictOf(String expectation) {
        int space = expectation.indexOf(' ');
        return space < 0 ? expectation : expectation.substring(0, space);
    }

    private static String abbreviated(String text) {
        String visible = text.replaceAll("\\p{Cntrl}", "\u00B7");
        return visible.length() <= 200 ? visible : visible.substring(0, 200) + "... (" + text.length() + ")";
    }
}
