package io.unpost.dialect.testkit.impure;

import io.unpost.dialect.DeleteCommand;
import io.unpost.dialect.Options;
import io.unpost.dialect.Outcome.Verdict;
import io.unpost.dialect.WireRequest;
import io.unpost.dialect.WireRequest.Parameter;
import io.unpost.dialect.WireResponse;
import io.unpost.dialect.testkit.model.Model;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Things that a pure translator does not do, one in a class.
public final class Impure {

    private Impure() {}

    /// Shows up in the test of purity alone.
    public static class ReadsAClock extends Model {
        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            if (Instant.now().isBefore(Instant.EPOCH)) {
                throw new IllegalStateException("before 1970");
            }
            return super.decode(command, response);
        }
    }

    public static class ThrowsDice extends Model {
        @Override
        public WireRequest encode(DeleteCommand command, Options options) {
            return WireRequest.post(
                    "/1/posts", new Parameter("nonce", UUID.randomUUID().toString()));
        }
    }

    public static class Remembers extends Model {
        private int calls;

        @Override
        public Verdict decode(DeleteCommand command, WireResponse response) {
            calls++;
            Verdict verdict = super.decode(command, response);
            return verdict instanceof Verdict.Faulted faulted
                    ? new Verdict.Faulted(faulted.why() + " " + calls, faulted.says())
                    : verdict;
        }
    }

    static final class HasAList {
        static final List<String> SEEN = new ArrayList<>();
    }

    static final class HasAnArray {
        static final int[] SEEN = {1};
    }

    static final class ReadsAFile {
        String read() throws IOException {
            return Files.readString(Path.of("x"));
        }
    }

    static final class OpensASocket {
        @Nullable
        Socket socket() throws IOException {
            return new Socket("localhost", 1);
        }
    }

    static final class ReadsTheEnvironment {
        @Nullable
        String home() {
            return System.getenv("HOME");
        }
    }

    static final class ReadsAPropertyInDisguise {
        boolean debug() {
            return Boolean.getBoolean("debug");
        }
    }

    static final class StartsAThread {
        Thread thread() {
            return Thread.ofVirtual().unstarted(() -> {});
        }
    }

    static final class IsRandom {
        int next() {
            return new Random().nextInt();
        }
    }

    static final class AsksForTheLocale {
        Locale locale() {
            return Locale.getDefault();
        }
    }
}
