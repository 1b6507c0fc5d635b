/// A provider's form of a delete, as the stub answers it.
///
/// @param title how it is called in the figures
/// @param account the gateway's account for it
/// @param document the file with its answer
/// @param before the path before the id
/// @param after the path and query after it
/// @param authorization what nginx's callers say instead of what the gateway adds
enum Provider {
    TWITTER(
            "Twitter v1.1, JSON",
            "bench-twitter",
            "tweet.json",
            "/1.1/statuses/destroy/",
            ".json",
            "OAuth oauth_consumer_key=\"bench-consumer-key-0123456\", oauth_nonce=\"0123456789abcdef0123456789abcdef\","
                    + " oauth_signature=\"bm90IGEgc2lnbmF0dXJlIGF0Cg%3D%3D\", oauth_signature_method=\"HMAC-SHA1\","
                    + " oauth_timestamp=\"1800000000\", oauth_token=\"12345-bench-token-0123456789abcdef\","
                    + " oauth_version=\"1.0\""),
    WEIBO(
            "Weibo v1, XML",
            "bench-weibo",
            "status.xml",
            "/statuses/destroy/",
            ".xml?source=1234567890",
            "Basic YmVuY2hAdW5wb3N0LmV4YW1wbGU6YmVuY2gtcGFzc3dvcmQtMDEyMzQ1Njc4OQ==");

    final String title;
    final String account;
    final String document;
    final String before;
    final String after;
    final String authorization;

    Provider(String title, String account, String document, String before, String after, String authorization) {
        this.title = title;
        this.account = account;
        this.document = document;
        this.before = before;
        this.after = after;
        this.authorization = authorization;
    }
}
