package io.unpost.dialect.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.Deletable;
import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Kind;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Evidence;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.Reason;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Dialects that are wrong in one thing each.
public final class Wrong {

    private Wrong() {}

    private static String text(WireResponse response) {
        return new String(response.body(), UTF_8);
    }

    public static class NotRegistered extends Model {}

    public static class ReadsAHeaderWithoutCare extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            response.header("x-wait").ifPresent(Integer::parseInt);
            return super.decode(command, response);
        }
    }

    public static class EndsItsBaseWithASlash extends Model {
        @Override
        URI baseUri() {
            return URI.create("https://api.example.org/");
        }
    }

    public static class NamesAKindTwice extends Model {
        @Override
        List<Deletable> deletables() {
            return List.of(
                    super.deletables().getFirst(),
                    super.deletables().getFirst(),
                    super.deletables().getLast());
        }
    }

    public static class LetsAnIdOutOfItsSegment extends Model {
        @Override
        List<Deletable> deletables() {
            return List.of(
                    new Deletable(Kind.POSTS, Pattern.compile("[a-z0-9/]+"), "any"),
                    super.deletables().getLast());
        }

        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            return command.kind().equals(Kind.POSTS) && command.id().contains("/")
                    ? new WireRequest(WireRequest.Method.DELETE, "/1/posts/" + command.id(), List.of(), List.of())
                    : super.encode(command, options);
        }
    }

    public static class AcceptsDots extends Model {
        @Override
        List<Deletable> deletables() {
            return List.of(
                    new Deletable(Kind.POSTS, Pattern.compile("[.0-9]+"), "any"),
                    super.deletables().getLast());
        }
    }

    public static class CutsAnIdShort extends Model {
        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            String id = command.id().strip();
            return super.encode(new DeleteCommand(command.kind(), id), options);
        }
    }

    public static class SendsACredential extends Model {
        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            return WireRequest.post("/1/posts/" + command.id(), new Parameter("app", "key"));
        }
    }

    public static class SaysDeletedForAny200 extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 200
                    ? Verdict.Deleted.acknowledged(null, says(response))
                    : super.decode(command, response);
        }
    }

    public static class EchoesWithoutLooking extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.successful() && response.has("/id")
                    ? Verdict.Deleted.echo(item(command.id(), response), says(response))
                    : super.decode(command, response);
        }
    }

    public static class EchoesWhatItGot extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            String id = response.text("/id");
            return response.successful() && id != null
                    ? Verdict.Deleted.echo(item(id, response), says(response))
                    : super.decode(command, response);
        }
    }

    public static class TakesTheFirstOfTwoIds extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            boolean named = text(response).startsWith("{\"id\":\"" + command.id() + "\"");
            return response.successful() && named && !response.has("/error") && response.has("/text")
                    ? Verdict.Deleted.echo(item(command.id(), response), says(response))
                    : super.decode(command, response);
        }
    }

    public static class BelievesACutBody extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.successful() && text(response).startsWith("{\"id\":\"" + command.id() + "\"")
                    ? Verdict.Deleted.echo(item(command.id(), response), says(response))
                    : super.decode(command, response);
        }
    }

    public static class BelievesACutAbsence extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 404 && text(response).contains("gone")
                    ? new Verdict.AlreadyGone(says(response))
                    : super.decode(command, response);
        }
    }

    public static class OverlooksAnError extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 200 && "foreign".equals(response.text("/error"))
                    ? Verdict.Deleted.acknowledged(null, says(response))
                    : super.decode(command, response);
        }
    }

    public static class TakesAbsenceForADelete extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return super.decode(command, response) instanceof Verdict.Deleted deleted
                    ? new Verdict.Deleted(Evidence.ABSENCE, null, null, deleted.says())
                    : super.decode(command, response);
        }
    }

    public static class SaysDeletedForA404 extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return "gone".equals(response.text("/error"))
                    ? Verdict.Deleted.acknowledged(null, says(response))
                    : super.decode(command, response);
        }
    }

    public static class RefusesOnA500 extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 500
                    ? new Verdict.Refused(Reason.REFUSED, says(response))
                    : super.decode(command, response);
        }
    }

    public static class BelievesABare503 extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 503
                    ? new Verdict.Unavailable(null, says(response))
                    : super.decode(command, response);
        }
    }

    public static class FollowsARedirect extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 302 ? new Verdict.NotFound(says(response)) : super.decode(command, response);
        }
    }

    public static class QueuesALoginPage extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 200 && text(response).startsWith("<!DOCTYPE html>")
                    ? new Verdict.Unverified("perhaps", null, says(response))
                    : super.decode(command, response);
        }
    }

    public static class WaitsBackwards extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.status() == 429
                    ? new Verdict.Throttled(Duration.ofSeconds(-1), says(response))
                    : super.decode(command, response);
        }
    }

    public static class ThrowsOnHtml extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            if (text(response).startsWith("<")) {
                throw new IllegalStateException("HTML");
            }
            return super.decode(command, response);
        }
    }

    public static class RecursesIntoTheBody extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return depth(response.body(), 0) < 0
                    ? new Verdict.NotFound(says(response))
                    : super.decode(command, response);
        }

        private static int depth(byte[] body, int at) {
            return at < body.length && (body[at] == '[' || body[at] == '<') ? 1 + depth(body, at + 1) : 0;
        }
    }

    public static class ThrowsOnAnotherType extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            return response.has("/likes")
                            && Long.parseLong(response.at("/likes").orElse("0")) < 0
                    ? new Verdict.NotFound(says(response))
                    : super.decode(command, response);
        }
    }

    public static class ThrowsOnAByteOrderMark extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            if (text(response).startsWith("\uFEFF{")) {
                throw new IllegalStateException("a byte order mark");
            }
            return super.decode(command, response);
        }
    }
}
