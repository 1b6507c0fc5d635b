package io.unpost.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.unpost.gateway.JerseyRequest.Parameter;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/// Weibo v1's deletes: two methods, two formats, two addresses, two ways to say who asks.
///
/// @param user how the names of all users end who share the password
public record WeiboApi(Signatures signatures, String user, String password, String appKey) implements Api {

    private static final Pattern LINE = Pattern.compile(
            "(?:POST|DELETE) /(statuses|direct_messages)/destroy/([0-9]+)\\.(?:json|xml)(?:\\?\\S*)? HTTP/1\\.1");

    private static final Pattern CODE = Pattern.compile("(?:\"error\":\\s*\"|<error>)\\s*([0-9]{5})");
    // Of what these say, something may have been done before.
    private static final Set<String> FAILURES = Set.of("40060", "40105");

    /// An account in an accounts file.
    ///
    /// @param more keys beside the usual ones, as YAML in braces
    public static String account(String name, int port, String credentials, String more) {
        return """
              %s: {dialect: weibo-v1, base-url: "http://127.0.0.1:%d", credentials: {%s}, %s}
            """.formatted(name, port, credentials, more);
    }

    /// Credentials in an accounts file.
    public static String basic(String user, String password, String appKey) {
        return "scheme: basic, username: '%s', password: '%s', source: '%s'".formatted(user, password, appKey);
    }

    /// Credentials in an accounts file.
    public static String oauth1(String tokenSecret) {
        return oauth1(Provider.TOKEN, tokenSecret);
    }

    /// Credentials in an accounts file.
    public static String oauth1(String token, String tokenSecret) {
        return "scheme: oauth1, consumer-key: '%s', consumer-secret: '%s', token: '%s', token-secret: '%s'"
                .formatted(Provider.CONSUMER_KEY, Provider.CONSUMER_SECRET, token, tokenSecret);
    }

    @Override
    public Optional<Asked> asked(Request request) {
        Matcher line = LINE.matcher(request.line());
        return line.matches()
                ? Optional.of(new Asked(line.group(1).equals("statuses") ? "posts" : "messages", line.group(2)))
                : Optional.empty();
    }

    @Override
    public String caller(Request request) throws NotGenuine {
        String[] authorization = request.header("Authorization").split(" ", 2);
        return switch (authorization[0]) {
            case "Basic" -> basic(authorization[1], request);
            case "OAuth" -> oauth(request);
            default ->
                throw new NotGenuine("no credentials", said(401, "40103:Oauth Error: parameter absent!", request));
        };
    }

    private String basic(String pair, Request request) throws NotGenuine {
        String decoded = new String(Base64.getDecoder().decode(pair), UTF_8);
        if (!decoded.endsWith(user + ":" + password)) {
            throw new NotGenuine("wrong user or password", said(403, "40302:Error: auth faild!", request));
        }
        boolean known = Stream.of(request.query(), request.body())
                .flatMap(pairs -> JerseyRequest.decoded(pairs).stream())
                .anyMatch(new Parameter("source", appKey)::equals);
        if (!known) {
            throw new NotGenuine("wrong source", said(400, "40022:Error: source paramter(appkey) is missing", request));
        }
        return decoded.substring(0, decoded.length() - password.length() - 1);
    }

    private String oauth(Request request) throws NotGenuine {
        try {
            return signatures.token(request);
        } catch (OAuth1SignatureException e) {
            throw new NotGenuine(e.toString(), said(401, "40107:Oauth Error: signature invalid!", request));
        }
    }

    @Override
    public void ignoreTime() {
        signatures.ignoreTime();
    }

    @Override
    public Said said(Word word, Asked asked, Request request) {
        boolean status = asked.kind().equals("posts");
        return switch (word) {
            case DELETED -> new Said(200, deleted(asked, request), type(request));
            case GONE ->
                said(
                        400,
                        status
                                ? "40031:Error: target weibo does not exist!"
                                : "40010:Error: Direct Message does not exist!",
                        request);
            case FOREIGN ->
                said(
                        400,
                        status ? "40036:Error: not your own weibo!" : "40021:Error: not your own direct message!",
                        request);
            case LIMITED -> said(403, "40308:Error: update weibo out of rate limit!", request);
        };
    }

    @Override
    public Proof proof(Asked asked, int status, String body) {
        String text = body.replace("\0", "");
        Matcher matcher = CODE.matcher(text);
        String code = matcher.find() ? matcher.group(1) : "";
        if (status / 100 == 3 || status >= 500 || status == 408 || FAILURES.contains(code) || text.contains("系统繁忙")) {
            return Proof.NOTHING;
        }
        if (status < 300 && !text.contains("\"error") && !text.contains("<error")) {
            return names(asked.id(), text) ? Proof.DELETED : Proof.NOTHING;
        }
        if (code.equals(asked.kind().equals("posts") ? "40031" : "40010")) {
            return Proof.ABSENT;
        }
        boolean known = !code.isEmpty() && !code.startsWith("49");
        return status >= 400 || known ? Proof.UNTOUCHED : Proof.NOTHING;
    }

    private static boolean names(String id, String text) {
        return Pattern.compile("\"id\":\\s*\"?" + id + "\"?[,}]|<id>\\s*" + id + "\\s*</id>")
                .matcher(text)
                .find();
    }

    private static String deleted(Asked asked, Request request) {
        boolean xml = xml(request);
        return asked.kind().equals("posts")
                ? xml ? Weibos.xmlStatus(asked.id()) : Weibos.jsonStatus(asked.id())
                : xml ? Weibos.xmlMessage(asked.id()) : Weibos.jsonMessage(asked.id());
    }

    @Override
    public Said noSuchPage() {
        return new Said(404, Tweets.html("404"), "Content-Type: text/html");
    }

    private static Said said(int status, String error, Request request) {
        return new Said(
                status,
                xml(request)
                        ? Weibos.xmlError(request.path(), status, error)
                        : Weibos.jsonError(request.path(), status, error),
                type(request));
    }

    private static boolean xml(Request request) {
        return request.path().endsWith(".xml");
    }

    private static String type(Request request) {
        return "Content-Type: application/" + (xml(request) ? "xml" : "json") + "; charset=utf-8";
    }
}
