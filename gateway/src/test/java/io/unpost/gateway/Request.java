package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;

/// A request as it came.
record Request(String head, String body) {

    /// Reads the next one.
    ///
    /// @throws EOFException where there is no other
    static Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.write(b);
        }
        var request = new Request(head.toString(ISO_8859_1), "");
        String length = request.header("Content-Length");
        return new Request(
                request.head(), new String(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)), UTF_8));
    }

    String line() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    String method() {
        return line().split(" ", 3)[0];
    }

    /// As it came, without the query.
    String path() {
        return target()[0];
    }

    /// As it came; empty where there is none.
    String query() {
        return target().length == 1 ? "" : target()[1];
    }

    private String[] target() {
        return line().split(" ", 3)[1].split("\\?", 2);
    }

    /// Whether it has a form, if an empty one, with a `POST` and nothing with a `DELETE`.
    boolean wellFramed() {
        List<String> framing = Stream.of("Content-Length", "Content-Type", "Transfer-Encoding")
                .filter(name -> !header(name).isEmpty())
                .toList();
        return method().equals("POST")
                ? framing.equals(List.of("Content-Length", "Content-Type"))
                        && header("Content-Type").equals("application/x-www-form-urlencoded")
                : framing.isEmpty();
    }

    /// A header's value; empty where there is none.
    String header(String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
