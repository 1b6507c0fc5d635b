import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// nginx, as the providers' stub and as the proxy that is the yardstick.
final class Nginx {

    private final Programs programs;
    private final Path sources;

    /// @param sources the folder of the configurations
    Nginx(Programs programs, Path sources) {
        this.programs = programs;
        this.sources = sources;
    }

    Server stub(int core) {
        int port = Server.freePort();
        String configuration = read("stub.conf")
                .replace("@port@", Integer.toString(port))
                .replace("@tweet@", quoted(Provider.TWITTER))
                .replace("@status@", quoted(Provider.WEIBO));
        return start("stub", core, port, configuration);
    }

    Server proxy(int core, Server stub) {
        int port = Server.freePort();
        String configuration = read("proxy.conf")
                .replace("@port@", Integer.toString(port))
                .replace("@stub@", Integer.toString(stub.port()));
        return start("proxy", core, port, configuration);
    }

    /// How many bytes an answer has.
    int bytes(Provider provider) {
        return read(provider.document)
                .strip()
                .replace("$id", "2408549865594552")
                .getBytes(UTF_8)
                .length;
    }

    private String quoted(Provider provider) {
        return read(provider.document).strip().replace("\\", "\\\\").replace("'", "\\'");
    }

    private Server start(String name, int core, int port, String configuration) {
        Path folder = programs.folder();
        try {
            Files.writeString(folder.resolve(name + ".conf"), configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of("nginx", "-p", folder + "/", "-e", name + ".log", "-c", name + ".conf");
        Process process = programs.start(core, name + ".out", Map.of(), command);
        while (!listens(port)) {
            if (!process.isAlive()) {
                throw new Failure("nginx did not start: " + programs.tail(name + ".out"));
            }
            LockSupport.parkNanos(5_000_000);
        }
        return new Server(process, port);
    }

    private static boolean listens(int port) {
        try (var _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private String read(String file) {
        try {
            return Files.readString(sources.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
