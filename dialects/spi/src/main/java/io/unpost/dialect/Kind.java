package io.unpost.dialect;

import java.util.regex.Pattern;

/// A kind of thing that can be deleted, in house words. An open set: a dialect may name kinds of its own.
///
/// @param name the path segment and scope suffix, for example `posts`; 1 to 31 of `a-z`, `0-9` and `-`, a letter first
public record Kind(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");

    /// Something the account published: a status, a tweet, a toot.
    public static final Kind POSTS = new Kind("posts");

    /// The account's repost of somebody's post: a retweet, a boost.
    public static final Kind REPOSTS = new Kind("reposts");

    /// A direct message.
    public static final Kind MESSAGES = new Kind("messages");

    /// A curated list of posts.
    public static final Kind COLLECTIONS = new Kind("collections");

    /// @throws IllegalArgumentException for a name of another form
    public Kind {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a kind is 1 to 31 of a-z, 0-9 and -, a letter first");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
