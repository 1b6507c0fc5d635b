package io.unpost.gateway.accounts;

import io.unpost.dialect.Dialect;
import io.unpost.dialect.Option;
import io.unpost.dialect.Options;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads one account.
record AccountReader(Dialects dialects, CredentialsReader credentials, Reachable reachable) {

    private static final List<String> KEYS = List.of(
            "dialect", "base-url", "allow-plaintext", "credentials", "timeouts", "attempts", "max-in-flight", "budget");

    /// Without result where there is a mistake that leaves no account; each is reported.
    Optional<Account> read(String name, Section section) {
        Limits limits = LimitsReader.read(section);
        Optional<Dialect> dialect = dialect(section);
        URI usual = dialect.isPresent() ? dialect.get().facts().baseUri() : null;
        Optional<URI> baseUri = baseUri(section, usual);
        if (dialect.isPresent() && usual == null && !section.has("base-url")) {
            section.mistake(
                    "base-url", "is missing; this dialect knows no usual server, so it must be " + BaseUrl.RULE);
        }
        if (dialect.isEmpty()) {
            return Optional.empty();
        }
        Dialect spoken = dialect.get();
        List<String> allowed = new ArrayList<>(KEYS);
        spoken.facts().options().forEach(option -> allowed.add(option.name()));
        section.allowOnly(allowed, String.join(", ", allowed));
        Options options = options(section, spoken.facts().options());
        return credentials
                .read(section, spoken)
                .flatMap(proof -> baseUri.map(base -> new Account(name, spoken, options, base, proof, limits)));
    }

    private Optional<Dialect> dialect(Section section) {
        String rule = "one of "
                + dialects.all().stream().map(dialect -> dialect.facts().id()).collect(Collectors.joining(", "));
        if (!section.has("dialect")) {
            section.mistake("dialect", "is missing; it must be " + rule);
        }
        return section.text("dialect", rule).flatMap(id -> {
            Optional<Dialect> dialect = dialects.find(id);
            if (dialect.isEmpty()) {
                section.mistake("dialect", "must be " + rule);
            }
            return dialect;
        });
    }

    /// @param usual where the dialect's provider is; null where the dialect is not known, or knows none
    private Optional<URI> baseUri(Section section, @Nullable URI usual) {
        boolean given = section.has("base-url");
        Optional<URI> base = given
                ? section.text("base-url", BaseUrl.RULE).flatMap(text -> url(section, text))
                : Optional.ofNullable(usual);
        if (base.filter(url -> BaseUrl.isUnreachable(url, reachable)).isPresent()) {
            section.mistake(
                    "base-url",
                    "is an address outside the public network; use the provider's name, or allow private addresses by"
                            + " UNPOST_ALLOW_PRIVATE_ADDRESSES=true (link-local and metadata addresses never are)");
        }
        boolean allowed = allowsPlaintext(section);
        if (base.filter(BaseUrl::isPlaintext).isPresent() && !allowed) {
            String which = given ? "is" : "is not given, and the dialect's own is";
            section.mistake(
                    "base-url",
                    which + " plain http to another machine, where secrets can be read and answers forged; use https,"
                            + " or allow it by allow-plaintext: true");
        }
        return base;
    }

    private static boolean allowsPlaintext(Section section) {
        Optional<String> text = section.text("allow-plaintext", "true or false");
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            section.mistake("allow-plaintext", "must be true or false");
        }
        return text.filter("true"::equals).isPresent();
    }

    private static Optional<URI> url(Section section, String text) {
        Optional<URI> url = BaseUrl.parse(text);
        if (url.isEmpty()) {
            section.mistake("base-url", "must be " + BaseUrl.RULE);
        }
        return url;
    }

    private static Options options(Section section, List<Option> offered) {
        Map<String, String> chosen = new TreeMap<>();
        for (Option option : offered) {
            String rule = "one of " + String.join(", ", option.values());
            section.text(option.name(), rule).ifPresent(value -> {
                if (option.values().contains(value)) {
                    chosen.put(option.name(), value);
                } else {
                    section.mistake(option.name(), "must be " + rule);
                }
            });
        }
        return Options.chosen(offered, chosen);
    }
}
