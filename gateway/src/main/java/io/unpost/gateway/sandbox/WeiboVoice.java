package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.WeiboTree.part;

import io.unpost.gateway.sandbox.Post.Owner;
import io.unpost.gateway.sandbox.WeiboTree.Link;
import io.unpost.gateway.sandbox.WeiboTree.Literal;
import io.unpost.gateway.sandbox.WeiboTree.Part;
import io.unpost.gateway.sandbox.WeiboTree.Parts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How Weibo answers deletes, kind by kind.
final class WeiboVoice {

    private static final DateTimeFormatter CREATED_AT = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.ofHours(8));

    private WeiboVoice() {}

    /// A status is its own answer.
    record Statuses() implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            return WeiboFormat.of(call).reply(200, "status", status(post));
        }

        @Override
        public Reply absent(Call call, String id) {
            return WeiboError.STATUS_MISSING.reply(call);
        }

        @Override
        public Reply foreign(Call call) {
            return WeiboError.NOT_OWNER.reply(call);
        }
    }

    /// So is a message.
    record Messages() implements Voice {

        @Override
        public Reply deleted(Call call, Post post) {
            return WeiboFormat.of(call).reply(200, "direct_message", message(post));
        }

        @Override
        public Reply absent(Call call, String id) {
            return WeiboError.MESSAGE_MISSING.reply(call);
        }

        @Override
        public Reply foreign(Call call) {
            return WeiboError.NOT_MESSAGE_OWNER.reply(call);
        }
    }

    private static Parts status(Post post) {
        List<Part> parts = new ArrayList<>(List.of(
                createdAt(post.createdAt()),
                id(post),
                part("text", post.text()),
                new Part("source", new Link("https://unpost.example/?a=1&b=2", "Unpost 微博")),
                part("favorited", false),
                part("truncated", false),
                part("in_reply_to_status_id", ""),
                part("in_reply_to_user_id", ""),
                part("in_reply_to_screen_name", ""),
                part("geo", ""),
                part("mid", post.id())));
        Post original = post.original();
        if (original != null) {
            parts.add(new Part("retweeted_status", status(original)));
        }
        parts.add(new Part("user", user(post.owner())));
        return new Parts(parts);
    }

    /// The demo account is the recipient of all that it may delete.
    private static Parts message(Post post) {
        return WeiboTree.parts(
                id(post),
                part("text", post.text()),
                part("sender_id", 1401882),
                part("recipient_id", 1401881),
                createdAt(post.createdAt()),
                part("sender_screen_name", "somebody_else"),
                part("recipient_screen_name", "demo_weibo"),
                new Part("sender", user(Owner.SOMEBODY_ELSE)),
                new Part("recipient", user(Owner.DEMO_ACCOUNT)));
    }

    private static Parts user(Owner owner) {
        boolean demo = owner == Owner.DEMO_ACCOUNT;
        return WeiboTree.parts(
                part("id", demo ? 1401881 : 1401882),
                part("screen_name", demo ? "demo_weibo" : "somebody_else"),
                part("name", demo ? "演示账号" : "别人"),
                part("province", "11"),
                part("city", "1"),
                part("location", "北京"),
                part("description", demo ? "Posts & messages, to be deleted" : ""),
                part("url", demo ? "http://unpost.example/demo" : ""),
                part("profile_image_url", "http://tp2.sinaimg.cn/" + (demo ? 1401881 : 1401882) + "/50/0/1"),
                part("domain", ""),
                part("gender", "m"),
                part("followers_count", 1027),
                part("friends_count", 293),
                part("statuses_count", 3390),
                part("favourites_count", 0),
                createdAt(Instant.parse("2009-08-28T16:00:00Z")),
                part("following", false),
                part("verified", demo));
    }

    private static Part id(Post post) {
        return new Part("id", new Literal(post.id()));
    }

    private static Part createdAt(Instant instant) {
        return part("created_at", CREATED_AT.format(instant));
    }
}
