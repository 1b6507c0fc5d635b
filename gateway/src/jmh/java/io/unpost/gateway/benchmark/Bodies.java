package io.unpost.gateway.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.dialect.Dialect;
import io.unpost.dialect.WireResponse;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;

/// Answers of providers as they come over the wire.
final class Bodies {

    static final String TWEET_ID = "240854986559455234";
    static final String STATUS_ID = "5612814510546515491";

    /// 2.6 KB: the fields of a tweet of Twitter v1.1 in the extended mode.
    static final byte[] TWEET = """
        {"created_at":"Wed Aug 29 16:54:38 +0000 2012","id":240854986559455234,"id_str":"240854986559455234",\
        "full_text":"We moved: the new office opens on Monday, and everyone who finds the door may keep a mug. \
        \\"Bring your own tea\\", says the kettle. https:\\/\\/t.co\\/7UlkvZzM","display_text_range":[0,154],\
        "truncated":false,"entities":{"hashtags":[],"symbols":[],"user_mentions":[],\
        "urls":[{"url":"https:\\/\\/t.co\\/7UlkvZzM","expanded_url":"https:\\/\\/unpost.example\\/sandbox",\
        "display_url":"unpost.example\\/sandbox","indices":[131,154]}]},\
        "source":"\\u003ca href=\\"https:\\/\\/unpost.example\\" rel=\\"nofollow\\"\\u003eUnpost\\u003c\\/a\\u003e",\
        "in_reply_to_status_id":null,"in_reply_to_status_id_str":null,"in_reply_to_user_id":null,\
        "in_reply_to_user_id_str":null,"in_reply_to_screen_name":null,\
        "user":{"id":14927800,"id_str":"14927800","name":"Demo Account","screen_name":"demo_twitter",\
        "location":"Nowhere in particular",\
        "description":"Posts to be deleted, one after the other, as fast as it goes",\
        "url":"https:\\/\\/t.co\\/YCA3ZKY","entities":{"url":{"urls":[{"url":"https:\\/\\/t.co\\/YCA3ZKY",\
        "expanded_url":"https:\\/\\/unpost.example\\/demo","display_url":"unpost.example\\/demo",\
        "indices":[0,23]}]},"description":{"urls":[]}},"protected":false,"followers_count":8760,\
        "friends_count":166,"listed_count":150,"created_at":"Wed May 28 00:20:15 +0000 2008",\
        "favourites_count":883,"utc_offset":null,"time_zone":null,"geo_enabled":true,"verified":false,\
        "statuses_count":5531,"lang":null,"contributors_enabled":false,"is_translator":false,\
        "is_translation_enabled":false,"profile_background_color":"709397",\
        "profile_background_image_url":"http:\\/\\/abs.twimg.com\\/images\\/themes\\/theme6\\/bg.gif",\
        "profile_background_image_url_https":"https:\\/\\/abs.twimg.com\\/images\\/themes\\/theme6\\/bg.gif",\
        "profile_background_tile":false,\
        "profile_image_url":"http:\\/\\/pbs.twimg.com\\/profile_images\\/1751674923\\/demo_normal.jpg",\
        "profile_image_url_https":"https:\\/\\/pbs.twimg.com\\/profile_images\\/1751674923\\/demo_normal.jpg",\
        "profile_link_color":"FF3300","profile_sidebar_border_color":"86A4A6",\
        "profile_sidebar_fill_color":"A0C5C7","profile_text_color":"333333",\
        "profile_use_background_image":true,"has_extended_profile":false,"default_profile":false,\
        "default_profile_image":false,"following":false,"follow_request_sent":false,"notifications":false,\
        "translator_type":"none"},"geo":null,"coordinates":null,"place":null,"contributors":null,\
        "is_quote_status":false,"retweet_count":1,"favorite_count":0,"favorited":false,"retweeted":false,\
        "possibly_sensitive":false,"possibly_sensitive_editable":true,"lang":"en"}\
        """.getBytes(UTF_8);

    /// The fields of a status of Weibo v1.
    static final byte[] STATUS = """
        <?xml version="1.0" encoding="UTF-8"?>
        <status>
        <created_at>Thu Dec 02 15:09:11 +0800 2010</created_at>
        <id>5612814510546515491</id>
        <text>酒香 &amp; &lt;面包&gt;，第一炉 &#128512; comes out at seven; whoever is early may choose.</text>
        <source><a href="https://unpost.example/?a=1&amp;b=2">Unpost 微博</a></source>
        <favorited>false</favorited>
        <truncated>false</truncated>
        <in_reply_to_status_id></in_reply_to_status_id>
        <in_reply_to_user_id></in_reply_to_user_id>
        <in_reply_to_screen_name></in_reply_to_screen_name>
        <geo></geo>
        <mid>5612814510546515491</mid>
        <user>
        <id>1401881</id>
        <screen_name>demo_weibo</screen_name>
        <name>演示账号</name>
        <province>11</province>
        <city>1</city>
        <location>北京</location>
        <description>Posts &amp; messages, to be deleted</description>
        <url>http://unpost.example/demo</url>
        <profile_image_url>http://tp2.sinaimg.cn/1401881/50/0/1</profile_image_url>
        <domain></domain>
        <gender>m</gender>
        <followers_count>1027</followers_count>
        <friends_count>293</friends_count>
        <statuses_count>3390</statuses_count>
        <favourites_count>0</favourites_count>
        <created_at>Sat Aug 29 00:00:00 +0800 2009</created_at>
        <following>false</following>
        <verified>true</verified>
        </user>
        </status>
        """.getBytes(UTF_8);

    private static final Instant RECEIVED_AT = Instant.parse("2026-11-23T18:25:43Z");

    private Bodies() {}

    static Dialect dialect(String id) {
        return ServiceLoader.load(Dialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(dialect -> dialect.facts().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static WireResponse answer(byte[] body, Map<String, String> headers) {
        return WireResponse.owning(200, headers, body, RECEIVED_AT);
    }
}
