package io.unpost.dialect.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.DeleteCommand;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Ids and answers by chance, some far from and most near to what a provider knows and sends.
final class Generated {

    private static final String[] FRAGMENTS =
            "/ .. \\ %2F % ? # & = + ; \n \r\n \0 \u0661 \uFF11 \uD83D\uDE00 \uD83D \u202E \uFEFF - _ . ~ 0 9 a"
                    .split(" ", -1);
    private static final String[] HEADERS =
            ("retry-after content-type content-encoding location date x-rate-limit-limit"
                            + " x-rate-limit-remaining x-rate-limit-reset x-app-limit-24hour-reset")
                    .split(" ", -1);
    private static final String[] VALUES = ("|0|1|-1|1.5|soon|900, 900|9999999999|1e9|text/html|gzip|//example.com/"
                    + "|Mon, 23 Nov 2026 18:40:43 GMT|Sun Nov  6 08:49:37 1994|999999999999999999999999999999")
            .split("\\|", -1);

    private Generated() {}

    /// An answer, and what was asked for.
    ///
    /// @param latin1 the body, a character a byte
    record Answer(DeleteCommand command, int status, Map<String, String> headers, String latin1) {

        byte[] body() {
            return latin1.getBytes(ISO_8859_1);
        }
    }

    /// One thing that happens to a body on its way.
    ///
    /// @param at where, modulo its length
    /// @param bytes how many
    /// @param bits what is put in, or flipped
    private record Edit(Change change, int at, int bytes, byte bits) {}

    private enum Change {
        FLIP,
        INSERT,
        REMOVE,
        REPEAT,
        CUT,
        ID_TWICE,
        OTHER_ID,
        MARK,
        UTF_16,
        LATIN_1
    }

    /// Commands of the sample's kind, with ids of all sorts.
    static Arbitrary<DeleteCommand> ids(DeleteCommand sample) {
        String id = sample.id();
        Arbitrary<Integer> places = Arbitraries.integers().between(0, id.length());
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(FRAGMENTS),
                Arbitraries.strings().numeric().ofMaxLength(20),
                Arbitraries.strings().ascii().ofMaxLength(4));
        Arbitrary<String> near = Combinators.combine(places, places, parts)
                .as((one, other, part) ->
                        id.substring(0, Math.min(one, other)) + part + id.substring(Math.max(one, other)));
        return Arbitraries.oneOf(near, Arbitraries.strings().all().ofMaxLength(40))
                .map(any -> new DeleteCommand(sample.kind(), any));
    }

    /// Any status with any headers and any body, each transcript's own the most often.
    static Arbitrary<Answer> answers(List<Transcript> transcripts) {
        return Arbitraries.of(transcripts)
                .flatMap(transcript -> Combinators.combine(
                                Arbitraries.oneOf(
                                        Arbitraries.just(transcript.status()),
                                        Arbitraries.of(DialectContract.STATUSES),
                                        Arbitraries.integers().between(100, 599)),
                                Arbitraries.maps(Arbitraries.of(HEADERS), Arbitraries.of(VALUES))
                                        .ofMaxSize(4),
                                Arbitraries.integers().between(0, 5),
                                bodies(transcript))
                        .as((status, headers, framing, body) -> new Answer(
                                transcript.command(),
                                status,
                                framed(headers, framing, body),
                                new String(body, ISO_8859_1))));
    }

    /// Most often with the length that it has, because else nothing is read of it.
    private static Map<String, String> framed(Map<String, String> headers, int framing, byte[] body) {
        var framed = new HashMap<>(headers);
        switch (framing) {
            case 0 -> framed.put("content-length", Integer.toString(body.length + 1));
            case 1 -> framed.put("transfer-encoding", "chunked");
            case 2 -> framed.remove("content-length");
            default -> framed.put("content-length", Integer.toString(body.length));
        }
        return framed;
    }

    private static Arbitrary<byte[]> bodies(Transcript transcript) {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(100);
        Arbitrary<byte[]> edited = Combinators.combine(
                        Arbitraries.of(Change.class),
                        Arbitraries.integers().between(0, 4_000),
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.bytes())
                .as(Edit::new)
                .list()
                .ofMaxSize(3)
                .map(edits -> edited(transcript, edits));
        return Arbitraries.frequencyOf(Tuple.of(1, noise), Tuple.of(9, edited));
    }

    private static byte[] edited(Transcript transcript, List<Edit> edits) {
        byte[] body = transcript.body();
        for (Edit edit : edits) {
            body = edited(body, edit, transcript.command().id());
        }
        return body;
    }

    private static byte[] edited(byte[] body, Edit edit, String id) {
        int at = edit.at() % (body.length + 1);
        int end = Math.min(body.length, at + edit.bytes());
        var bytes = new ByteArrayOutputStream(body.length + 100);
        bytes.write(body, 0, at);
        switch (edit.change()) {
            case FLIP -> {
                if (at < body.length) {
                    bytes.write(body[at] ^ edit.bits());
                    bytes.write(body, at + 1, body.length - at - 1);
                }
            }
            case INSERT -> {
                bytes.write(edit.bits());
                bytes.write(body, at, body.length - at);
            }
            case REMOVE -> bytes.write(body, end, body.length - end);
            case REPEAT -> {
                bytes.write(body, at, end - at);
                bytes.write(body, at, body.length - at);
            }
            case CUT -> {}
            case ID_TWICE -> {
                return Mutations.repeated(body, id, "" + edit.at());
            }
            case OTHER_ID -> {
                return new String(body, UTF_8).replace(id, "" + edit.at()).getBytes(UTF_8);
            }
            case MARK -> {
                return ("\uFEFF" + new String(body, UTF_8)).getBytes(UTF_8);
            }
            case UTF_16 -> {
                return new String(body, UTF_8).getBytes(UTF_16);
            }
            case LATIN_1 -> {
                return new String(body, UTF_8).getBytes(ISO_8859_1);
            }
        }
        return bytes.toByteArray();
    }
}
