package io.unpost.dialect;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was deleted, normalised. Whatever the provider left out, or wrote so that it cannot be read, is null.
///
/// @param id the provider's id of what it gave back
/// @param text what it said, decoded
/// @param createdAt when it was published
/// @param source the program it was published with
/// @param inReplyTo what it answered
/// @param counts how often it was reposted, liked, answered
/// @param author who published it; the sender of a message
public record Item(
        String id,
        @Nullable String text,
        @Nullable Instant createdAt,
        @Nullable Source source,
        @Nullable InReplyTo inReplyTo,
        Counts counts,
        @Nullable Author author) {

    /// The program something was published with.
    ///
    /// @param name its name, as people read it
    /// @param url its page; null where none is linked
    public record Source(String name, @Nullable String url) {

        private static final Pattern ANCHOR =
                Pattern.compile("\\s*<a\\b[^>]*?\\bhref=(?:\"([^\"]*)\"|'([^']*)')[^>]*>(.*?)</a>\\s*", Pattern.DOTALL);
        /// How nearly all of them begin and end.
        private static final String USUAL = "<a href=\"";
        private static final String USUAL_END = "</a>";
        private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#39);");

        /// Takes the HTML anchor apart in which Twitter and Weibo write a source; text without one is a bare name.
        ///
        /// @param markup as the provider wrote it; null, blank, a link without text and more than 2,000
        ///     characters give null
        public static @Nullable Source ofMarkup(@Nullable String markup) {
            // The pattern's time grows with the square of the length.
            if (markup == null || markup.isBlank() || markup.length() > 2_000) {
                return null;
            }
            if (markup.startsWith(USUAL) && markup.endsWith(USUAL_END)) {
                int quote = markup.indexOf('"', USUAL.length());
                int name = markup.indexOf('>', Math.max(quote, 0)) + 1;
                int end = markup.length() - USUAL_END.length();
                if (quote > 0 && name <= end) {
                    return of(markup.substring(name, end), markup.substring(USUAL.length(), quote));
                }
            }
            Matcher anchor = ANCHOR.matcher(markup);
            if (!anchor.matches()) {
                return new Source(unescaped(markup.strip()), null);
            }
            return of(anchor.group(3), anchor.group(1) == null ? anchor.group(2) : anchor.group(1));
        }

        private static @Nullable Source of(String name, String url) {
            return name.isBlank() ? null : new Source(unescaped(name.strip()), url.isBlank() ? null : unescaped(url));
        }

        private static String unescaped(String text) {
            return text.indexOf('&') < 0
                    ? text
                    : ENTITY.matcher(text).replaceAll(entity -> switch (entity.group(1)) {
                        case "amp" -> "&";
                        case "lt" -> "<";
                        case "gt" -> ">";
                        case "quot" -> "\"";
                        default -> "'";
                    });
        }
    }

    /// What a post answered.
    ///
    /// @param id the post that was answered
    /// @param authorId who had published that
    public record InReplyTo(@Nullable String id, @Nullable String authorId) {

        /// The reply, or null where neither id is there: it answered nothing.
        public static @Nullable InReplyTo of(@Nullable String id, @Nullable String authorId) {
            return id == null && authorId == null ? null : new InReplyTo(id, authorId);
        }
    }

    /// How often others reacted; null where unknown, which is not zero.
    ///
    /// @param reposts reposts, retweets, boosts
    /// @param likes likes, favourites
    /// @param replies direct answers
    public record Counts(
            @Nullable Long reposts,
            @Nullable Long likes,
            @Nullable Long replies) {}

    /// Who published something.
    ///
    /// @param id the provider's id of the account
    /// @param handle the name others address it by, without `@`
    /// @param name the name it shows
    /// @param url its own page
    /// @param avatarUrl its picture, the https address where there are two
    /// @param verified whether the provider vouches for it
    /// @param isProtected whether only approved followers see its posts
    public record Author(
            @Nullable String id,
            @Nullable String handle,
            @Nullable String name,
            @Nullable String url,
            @Nullable String avatarUrl,
            @Nullable Boolean verified,
            @Nullable Boolean isProtected) {

        /// The same author with nothing but its id.
        public Author idOnly() {
            return new Author(id, null, null, null, null, null, null);
        }
    }
}
