package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.WeiboTree.part;

/// The errors of Weibo's published table that a delete can meet. The first three digits are the HTTP status.
enum WeiboError {
    FORMAT(40007, "Error: only json and xml are supported!"),
    MESSAGE_MISSING(40010, "Error: Direct Message does not exist!"),
    NOT_MESSAGE_OWNER(40021, "Error: not your own direct message!"),
    SOURCE_MISSING(40022, "Error: source paramter(appkey) is missing"),
    FREE_TEXT(40028, "操作过于频繁，请稍后再来"),
    STATUS_MISSING(40031, "Error: target weibo does not exist!"),
    NOT_OWNER(40036, "Error: not your own weibo!"),
    APP_LIMITED(40070, "Error: third party app is limited for this api!"),
    AUTHORIZATION_REVOKED(40072, "Error: the user has revoked the authorization!"),
    CLOCK(40104, "Error: timestamp refused!"),
    REPLAYED(40105, "Error: nonce used!"),
    FORGED(40107, "Error: signature invalid!"),
    UNKNOWN_APP(40108, "Error: consumer key unknown!"),
    UNKNOWN_TOKEN(40113, "Error: token rejected!"),
    AUTHENTICATION_FAILED(40302, "Error: auth faild!"),
    GRAPH_LIMIT(40304, "Error: update social graph out of rate limit!"),
    COMMENT_LIMIT(40305, "Error: update comment out of rate limit!"),
    METHOD(40307, "Error: HTTP METHOD is not suported for this request!"),
    UPDATE_LIMIT(40308, "Error: update weibo out of rate limit!"),
    IP_LIMIT(40312, "Error: IP requests out of rate limit!"),
    NO_WEIBO_USER(40313, "Error: invalid weibo user!"),
    APP_LEVEL(40314, "Error: a higher level appkey is needed!");

    private final int code;
    private final String message;

    WeiboError(int code, String message) {
        this.code = code;
        this.message = message;
    }

    Reply reply(Call call) {
        return reply(call, code / 100, code + ":" + message);
    }

    /// An error in these words.
    static Reply reply(Call call, int status, String error) {
        return WeiboFormat.of(call)
                .reply(
                        status,
                        "hash",
                        WeiboTree.parts(
                                part("request", call.pathBelow(WeiboImitation.PATH)),
                                part("error_code", Integer.toString(status)),
                                part("error", error)));
    }

    /// The id that meets it: the status, then the code.
    Magic magic() {
        return Magic.says(code / 100 + "" + code, "says " + code + ":" + message, (call, _) -> reply(call));
    }
}
