package io.unpost.gateway.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A string, however others may write it: each character plainly, percent-encoded up to four times over, or as JSON,
/// XML
/// and HTML escape it, in any mixture.
///
/// @param plain the string itself; not empty
/// @param characters for each of its characters, all the ways to write it
record Trace(String plain, List<Pattern> characters) {

    private static final HexFormat HEX = HexFormat.of();
    private static final Map<Integer, String> ENTITIES =
            Map.of((int) '&', "amp", (int) '<', "lt", (int) '>', "gt", (int) '"', "quot", (int) '\'', "apos");

    private static final List<Pattern> ASCII =
            IntStream.range(0, 128).mapToObj(Trace::written).toList();

    static Trace of(String text) {
        return new Trace(
                text,
                text.codePoints()
                        .mapToObj(character -> character < ASCII.size() ? ASCII.get(character) : written(character))
                        .toList());
    }

    /// The text with `***` in place of this.
    ///
    String replacedIn(String text) {
        // First as it is, since it may look like something encoded.
        String replaced = text.replace(plain, "***");
        return mayHoldEncoded(replaced) ? encodedReplacedIn(replaced) : replaced;
    }

    /// Whether anything in a text is a beginning of what [#written(int)] knows, other than the characters themselves.
    private boolean mayHoldEncoded(String text) {
        for (int at = 0; at < text.length(); at++) {
            boolean begins = switch (text.charAt(at)) {
                case '\\' -> true;
                case '+' -> plain.indexOf(' ') >= 0;
                case '%' -> at + 1 < text.length() && HexFormat.isHexDigit(text.charAt(at + 1));
                case '&' -> isReference(text, at + 1);
                default -> false;
            };
            if (begins) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReference(String text, int at) {
        return text.startsWith("#", at) || ENTITIES.values().stream().anyMatch(name -> text.startsWith(name + ";", at));
    }

    /// One character after the other, because a single expression for all of a long token would exhaust the stack.
    private String encodedReplacedIn(String text) {
        Matcher matcher = characters.getFirst().matcher(text);
        var replaced = new StringBuilder();
        int kept = 0;
        for (int from = 0;
                matcher.reset()
                        .region(from, text.length())
                        .usePattern(characters.getFirst())
                        .find(); ) {
            int start = matcher.start();
            int end = end(matcher, text.length());
            if (end >= 0) {
                replaced.append(text, kept, start).append("***");
                kept = end;
            }
            from = Math.max(end, start + 1);
        }
        return kept == 0 ? text : replaced.append(text, kept, text.length()).toString();
    }

    /// Where the rest of this ends.
    ///
    /// @param matcher one that has found the first character
    /// @return -1 where something else follows
    private int end(Matcher matcher, int length) {
        int end = matcher.end();
        for (Pattern character : characters.subList(1, characters.size())) {
            if (!matcher.region(end, length).usePattern(character).lookingAt()) {
                return -1;
            }
            end = matcher.end();
        }
        return end;
    }

    private static Pattern written(int character) {
        String plain = Character.toString(character);
        String percent = HEX.formatHex(plain.getBytes(UTF_8)).replaceAll("..", "%(?:25){0,3}$0");
        String units = plain.chars()
                .mapToObj(unit -> "\\\\{1,2}u" + HEX.toHexDigits((char) unit))
                .collect(Collectors.joining());
        String hex = Integer.toHexString(character);
        String entity = ENTITIES.containsKey(character) ? "|&" + ENTITIES.get(character) + ";" : "";
        // Plainly last, since % and & begin what they are encoded as; few backslashes first, since more of them may
        // belong to the next character.
        return Pattern.compile("(?i:" + percent + "|" + units + "|&#0{0,6}" + character + ";|&#x0{0,6}" + hex + ";)"
                + (character == ' ' ? "|\\+|(?i:%(?:25){0,3}2b)" : "")
                + entity
                + "|\\\\{0,2}?"
                + Pattern.quote(plain));
    }

    /// Without what must not be seen.
    @Override
    public String toString() {
        return "Trace[***]";
    }
}
