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
public record Request(String head, String body) {

    /// Reads the next one's first line, and nothing more.
    ///
    /// @throws EOFException where there is no other
    static Request begun(InputStream in) throws IOException {
        return new Request(through("\r\n", in), "");
    }

    /// Reads the rest of it.
    Request read(InputStream in) throws IOException {
        var request = new Request(head + headers(in), "");
        String length = request.header("Content-Length");
        return new Request(
                request.head(), new String(in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length)), UTF_8));
    }

    /// Reads all headers, and the blank line that ends them.
    static String headers(InputStream in) throws IOException {
        return through("\r\n\r\n", in);
    }

    private static String through(String end, InputStream in) throws IOException {
        var read = new ByteArrayOutputStream();
        while (!read.toString(ISO_8859_1).endsWith(end)) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            read.write(b);
        }
        return read.toString(ISO_8859_1);
    }

    public String line() {
        return head.substring(0, head.indexOf("\r\n"));
    }

    public String method() {
        return line().split(" ", 3)[0];
    }

    /// As it came, without the query.
    public String path() {
        return target()[0];
    }

    /// As it came; empty where there is none.
    public String query() {
        return target().length == 1 ? "" : target()[1];
    }

    private String[] target() {
        return line().split(" ", 3)[1].split("\\?", 2);
    }

    /// Whether it has a form, if an empty one, with a `POST` and nothing with a `DELETE`.
    public boolean wellFramed() {
        List<String> framing = Stream.of("Content-Length", "Content-Type", "Transfer-Encoding")
                .filter(name -> !header(name).isEmpty())
                .toList();
        return method().equals("POST")
                ? framing.equals(List.of("Content-Length", "Content-Type"))
                        && header("Content-Type").equals("application/x-www-form-urlencoded")
                : framing.isEmpty();
    }

    /// A header's value; empty where there is none.
    public String header(String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }
}
