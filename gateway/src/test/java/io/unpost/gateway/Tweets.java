package io.unpost.gateway;

/// Bodies in Twitter's words.
public final class Tweets {

    private Tweets() {}

    /// The tweet that a delete gives back.
    public static String tweet(String id) {
        return tweet(id, "Gone with the wind");
    }

    /// The same, with this text.
    ///
    /// @param text escaped for JSON
    public static String tweet(String id, String text) {
        return """
            {"created_at":"Wed Aug 29 16:54:38 +0000 2012","id":%s,"id_str":"%s","full_text":"%s",\
            "entities":{"urls":[],"hashtags":[{"text":"a","indices":[0,2]}]},\
            "user":{"id":14927800,"id_str":"14927800","screen_name":"tester","name":"{T}"},\
            "retweet_count":1,"favorited":false}\
            """.formatted(id, id, text);
    }

    /// An error in the usual form.
    public static String error(int code) {
        return """
            {"errors":[{"code":%d,"message":"%s"}]}\
            """.formatted(code, message(code));
    }

    /// The text of an error with this code.
    public static String message(int code) {
        return "The text of " + code;
    }

    public static String html(String title) {
        return "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" + title
                + "</h1><p>Please try again</body></html>\n";
    }
}
