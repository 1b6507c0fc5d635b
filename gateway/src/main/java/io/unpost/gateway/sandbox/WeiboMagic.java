package io.unpost.gateway.sandbox;

import static io.unpost.gateway.sandbox.Magic.says;

import io.unpost.gateway.sandbox.Script.DeletesYetSays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The magic ids of the imitated Weibo.
final class WeiboMagic {

    private static final EnumSet<WeiboError> OF_MESSAGES =
            EnumSet.of(WeiboError.MESSAGE_MISSING, WeiboError.NOT_MESSAGE_OWNER);
    private static final Voice STATUSES_VOICE = new WeiboVoice.Statuses();
    private static final Reply PAGE = page(200, "Weibo");
    private static final Reply FAILED = page(500, "XID 5555");
    private static final Reply UPGRADING = page(502, "Bad Gateway");

    private static final List<Magic> SPECIAL = List.of(
            says("20000000", "says 200 with an HTML page; deletes nothing", PAGE),
            says(
                    "20000001",
                    "says 200 with another status; deletes nothing",
                    (call, _) -> STATUSES_VOICE.deleted(call, WeiboSeeds.ANOTHER)),
            deletes(
                    "20000002",
                    "deletes, and answers malformed: a bare & in XML, bare quotes in JSON",
                    (call, _) -> malformed(STATUSES_VOICE.deleted(call, post("20000002")))),
            says(
                    "20040028",
                    "says 200 with code 40028 in the body; deletes nothing",
                    (call, _) -> WeiboError.reply(call, 200, "40028:系统繁忙")),
            says(
                    "40200000",
                    "says 402 without a code: the account was never opened",
                    (call, _) -> WeiboError.reply(call, 402, "no weibo was opened for this account")),
            says("40300000", "says 403 without a code", (call, _) -> WeiboError.reply(call, 403, "the server refuses")),
            says("50000000", "says 500 with an HTML page", FAILED),
            deletes("50000001", "deletes, yet says 500 with an HTML page", (_, _) -> FAILED),
            says("50200000", "says 502 with an HTML page", UPGRADING));

    /// The errors with a code come first.
    static final List<Magic> STATUSES = Stream.concat(
                    EnumSet.complementOf(OF_MESSAGES).stream().map(WeiboError::magic),
                    Stream.concat(SPECIAL.stream(), Magic.NETWORK.stream()))
            .toList();

    static final List<Magic> MESSAGES = Stream.concat(
                    OF_MESSAGES.stream().map(WeiboError::magic), Magic.NETWORK.stream())
            .toList();

    private WeiboMagic() {}

    private static Magic deletes(String id, String does, Answer answer) {
        return new Magic(id, does, new DeletesYetSays(answer));
    }

    private static Post post(String id) {
        return Post.mine(id, "2026-01-01T00:00:00Z", "Magic: a bare & is not XML");
    }

    private static Reply malformed(Reply reply) {
        String body = reply.body().replace("&amp;", "&").replace("\\\"", "\"");
        return new Reply(reply.status(), reply.type(), reply.headers(), body);
    }

    private static Reply page(int status, String text) {
        return new Reply(status, Reply.HTML, Map.of(), "<html><body>" + text + "</body></html>");
    }
}
