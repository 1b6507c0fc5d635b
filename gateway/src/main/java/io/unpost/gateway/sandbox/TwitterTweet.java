package io.unpost.gateway.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// A tweet as Twitter v1.1 writes it.
final class TwitterTweet {

    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);

    private static final String TWEET = compact("""
        {"created_at":"{{createdAt}}","id":{{id}},"id_str":"{{id}}",{{text}},"truncated":false,
        "entities":{"hashtags":[],"symbols":[],"user_mentions":[],
        "urls":[{"url":"https:\\/\\/t.co\\/7UlkvZzM","expanded_url":"https:\\/\\/unpost.example\\/sandbox",
        "display_url":"unpost.example\\/sandbox","indices":[0,0]}]},
        "source":"\\u003ca href=\\"https:\\/\\/unpost.example\\" rel=\\"nofollow\\"\\u003eUnpost\\u003c\\/a\\u003e",
        "in_reply_to_status_id":null,"in_reply_to_status_id_str":null,"in_reply_to_user_id":null,
        "in_reply_to_user_id_str":null,"in_reply_to_screen_name":null,"user":{{user}},
        "geo":null,"coordinates":null,"place":null,"contributors":null,"is_quote_status":false,
        "retweet_count":1,"favorite_count":0,"favorited":false,"retweeted":false,"possibly_sensitive":false,
        "possibly_sensitive_editable":true,"lang":"en"}
        """);

    private static final String FULL_USER = compact("""
        {"id":{{userId}},"id_str":"{{userId}}","name":"{{userName}}","screen_name":"{{handle}}",
        "location":"","description":"Posts to be deleted","url":"https:\\/\\/t.co\\/YCA3ZKY",
        "entities":{"url":{"urls":[{"url":"https:\\/\\/t.co\\/YCA3ZKY",
        "expanded_url":"https:\\/\\/unpost.example\\/demo","display_url":"unpost.example\\/demo",
        "indices":[0,23]}]},"description":{"urls":[]}},
        "protected":false,"followers_count":8760,"friends_count":166,"listed_count":150,
        "created_at":"Wed May 28 00:20:15 +0000 2008","favourites_count":883,"utc_offset":null,
        "time_zone":null,"geo_enabled":true,"verified":false,"statuses_count":5531,"lang":null,
        "contributors_enabled":false,"is_translator":false,"is_translation_enabled":false,
        "profile_background_color":"709397",
        "profile_background_image_url":"http:\\/\\/abs.twimg.com\\/images\\/themes\\/theme6\\/bg.gif",
        "profile_background_image_url_https":"https:\\/\\/abs.twimg.com\\/images\\/themes\\/theme6\\/bg.gif",
        "profile_background_tile":false,
        "profile_image_url":"http:\\/\\/pbs.twimg.com\\/profile_images\\/1751674923\\/demo_normal.jpg",
        "profile_image_url_https":"https:\\/\\/pbs.twimg.com\\/profile_images\\/1751674923\\/demo_normal.jpg",
        "profile_link_color":"FF3300","profile_sidebar_border_color":"86A4A6",
        "profile_sidebar_fill_color":"A0C5C7","profile_text_color":"333333",
        "profile_use_background_image":true,"has_extended_profile":false,"default_profile":false,
        "default_profile_image":false,"following":false,"follow_request_sent":false,"notifications":false,
        "translator_type":"none"}
        """);

    private static final String TRIMMED_USER = """
        {"id":{{userId}},"id_str":"{{userId}}"}\
        """;

    /// How much of the author is written.
    enum Author {
        FULL,
        TRIMMED
    }

    /// Where the text goes: into `text`, or into `full_text` with the range that is shown.
    enum Mode {
        COMPATIBLE,
        EXTENDED
    }

    private TwitterTweet() {}

    static String json(Post post, Author author, Mode mode) {
        String text = quoted(post.text());
        String field = switch (mode) {
            case COMPATIBLE -> "\"text\":" + text;
            case EXTENDED ->
                "\"full_text\":" + text + ",\"display_text_range\":[0,"
                        + post.text().codePoints().count() + "]";
        };
        String user = switch (author) {
            case FULL -> FULL_USER;
            case TRIMMED -> TRIMMED_USER;
        };
        String createdAt = CREATED_AT.format(post.createdAt().atOffset(ZoneOffset.UTC));
        // The text is filled in last, so that braces in it stay what they are.
        String tweet = fill(TWEET, Map.of("createdAt", createdAt, "id", post.id(), "user", user));
        return fill(fill(tweet, by(post.owner())), Map.of("text", field));
    }

    private static Map<String, String> by(Post.Owner owner) {
        return switch (owner) {
            case DEMO_ACCOUNT -> Map.of("userId", "14927800", "userName", "Demo Account", "handle", "demo_twitter");
            case SOMEBODY_ELSE -> Map.of("userId", "12", "userName", "Somebody Else", "handle", "somebody_else");
        };
    }

    private static String fill(String template, Map<String, String> values) {
        String filled = template;
        for (var value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static String compact(String json) {
        return json.lines().collect(Collectors.joining());
    }
}
