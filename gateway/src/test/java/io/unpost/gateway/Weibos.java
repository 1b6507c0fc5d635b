package io.unpost.gateway;

/// Bodies in Weibo's words, the same things in both formats.
public final class Weibos {

    /// The text of every status here.
    public static final String TEXT = "酒香 & <面包>，\"第一炉\" 😀";

    private Weibos() {}

    /// The status that a delete gives back.
    public static String jsonStatus(String id) {
        return """
            {"created_at":"Thu Dec 02 15:09:11 +0800 2010","id":%s,"text":"酒香 & <面包>，\\"第一炉\\" \\ud83d\\ude00",\
            "source":"<a href=\\"http:\\/\\/oven.example\\/?a=1&amp;b=2\\" rel=\\"nofollow\\">Oven<\\/a>",\
            "favorited":false,"truncated":false,"in_reply_to_status_id":"31","in_reply_to_user_id":"",\
            "in_reply_to_screen_name":"","geo":null,"user":{"id":11051,"screen_name":"cafenine","name":"九号",\
            "province":"11","city":"5","description":"","url":"","profile_image_url":"http:\\/\\/tp.example\\/1",\
            "created_at":"Thu Jan 01 08:00:00 +0800 1970","verified":true}}\
            """.formatted(id);
    }

    public static String xmlStatus(String id) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <status>
              <created_at>Thu Dec 02 15:09:11 +0800 2010</created_at>
              <id>%s</id>
              <text>酒香 &amp; &lt;面包&gt;，"第一炉" &#128512;</text>
              <source><a href="http://oven.example/?a=1&amp;b=2">Oven</a></source>
              <favorited>false</favorited>
              <truncated>false</truncated>
              <in_reply_to_status_id>31</in_reply_to_status_id>
              <in_reply_to_user_id></in_reply_to_user_id>
              <in_reply_to_screen_name/>
              <geo/>
              <user>
                <id>11051</id>
                <screen_name>cafenine</screen_name>
                <name>九号</name>
                <province>11</province>
                <description></description>
                <url/>
                <profile_image_url>http://tp.example/1</profile_image_url>
                <created_at>Thu Jan 01 08:00:00 +0800 1970</created_at>
                <verified>true</verified>
              </user>
            </status>
            """.formatted(id);
    }

    /// The message that a delete gives back.
    public static String jsonMessage(String id) {
        return """
            {"id":%s,"text":"酒香 & <面包>，\\"第一炉\\" \\ud83d\\ude00","sender_id":11051,"recipient_id":1031203,\
            "created_at":"Thu Dec 02 15:09:11 +0800 2010","sender_screen_name":"cafenine",\
            "recipient_screen_name":"baker","sender":{"id":11051,"screen_name":"cafenine","name":"九号",\
            "profile_image_url":"http:\\/\\/tp.example\\/1","verified":true},\
            "recipient":{"id":1031203,"screen_name":"baker","name":"baker","verified":false}}\
            """.formatted(id);
    }

    public static String xmlMessage(String id) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <direct_message>
              <id>%s</id>
              <text>酒香 &amp; &lt;面包&gt;，"第一炉" &#128512;</text>
              <sender_id>11051</sender_id>
              <recipient_id>1031203</recipient_id>
              <created_at>Thu Dec 02 15:09:11 +0800 2010</created_at>
              <sender_screen_name>cafenine</sender_screen_name>
              <recipient_screen_name>baker</recipient_screen_name>
              <sender>
                <id>11051</id>
                <screen_name>cafenine</screen_name>
                <name>九号</name>
                <profile_image_url>http://tp.example/1</profile_image_url>
                <verified>true</verified>
              </sender>
              <recipient>
                <id>1031203</id>
                <screen_name>baker</screen_name>
                <name>baker</name>
                <verified>false</verified>
              </recipient>
            </direct_message>
            """.formatted(id);
    }

    /// An error, its code before the first colon of its text.
    ///
    /// @param error escaped for JSON
    public static String jsonError(String request, int status, String error) {
        return """
            {"request":"%s","error_code":"%d","error":"%s"}\
            """.formatted(request, status, error);
    }

    /// The same in XML.
    ///
    /// @param error escaped for XML
    public static String xmlError(String request, int status, String error) {
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <hash>
              <request>%s</request>
              <error_code>%d</error_code>
              <error>%s</error>
            </hash>
            """.formatted(request, status, error);
    }
}
