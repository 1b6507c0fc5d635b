package io.unpost.gateway.accounts;

import io.unpost.dialect.CredentialForm;
import io.unpost.dialect.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads how an account proves who it is.
///
/// @param secrets reads one secret key or its `-file` twin
record CredentialsReader(SecretReader secrets) {

    /// Without result where there is a mistake, which is reported.
    Optional<Credentials> read(Section account, Dialect dialect) {
        String schemes = dialect.facts().credentials().stream()
                .map(form -> name(form) + " (" + String.join(", ", keys(form)) + ")")
                .collect(Collectors.joining("; "));
        if (!account.has("credentials")) {
            account.mistake("credentials", "is missing; allowed here: " + schemes);
        }
        return account.section("credentials", "a mapping with the keys of one scheme: " + schemes)
                .flatMap(section -> read(section, dialect.facts().credentials(), schemes));
    }

    private Optional<Credentials> read(Section section, List<CredentialForm> forms, String schemes) {
        Optional<CredentialForm> chosen = section.has("scheme")
                ? said(section, forms)
                : forms.size() == 1 ? Optional.of(forms.getFirst()) : fitting(section, forms, schemes);
        List<String> keys = chosen.map(CredentialsReader::keys)
                .orElseGet(() -> forms.stream()
                        .flatMap(form -> keys(form).stream())
                        .distinct()
                        .toList());
        List<String> allowed = new ArrayList<>(List.of("scheme"));
        keys.forEach(key -> allowed.addAll(List.of(key, key + "-file")));
        section.allowOnly(allowed, "scheme, " + String.join(", ", keys) + ", each but scheme also with -file");

        List<Secret> given = keys.stream()
                .flatMap(key -> secrets.read(section, key, chosen.isPresent()).stream())
                .toList();
        return chosen.filter(form -> given.size() == keys(form).size())
                .flatMap(form -> credentials(section, form, given));
    }

    private static Optional<CredentialForm> said(Section section, List<CredentialForm> forms) {
        String rule = "one of " + forms.stream().map(CredentialsReader::name).collect(Collectors.joining(", "));
        return section.text("scheme", rule).flatMap(text -> {
            Optional<CredentialForm> form =
                    forms.stream().filter(known -> name(known).equals(text)).findFirst();
            if (form.isEmpty()) {
                section.mistake("scheme", "must be " + rule);
            }
            return form;
        });
    }

    /// The one form whose keys are all there and no other's; else the one form that could still be completed.
    private static Optional<CredentialForm> fitting(Section section, List<CredentialForm> forms, String schemes) {
        Set<String> given = forms.stream()
                .flatMap(form -> keys(form).stream())
                .filter(key -> section.has(key) || section.has(key + "-file"))
                .collect(Collectors.toSet());
        List<CredentialForm> complete = forms.stream()
                .filter(form -> given.equals(Set.copyOf(keys(form))))
                .toList();
        List<CredentialForm> possible = forms.stream()
                .filter(form -> Set.copyOf(keys(form)).containsAll(given))
                .toList();
        List<CredentialForm> fitting = complete.isEmpty() ? possible : complete;
        if (fitting.size() != 1) {
            section.mistake("scheme", "is needed, as the keys do not say which it is; allowed are " + schemes);
        }
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /// @param secrets in the order of the form's keys
    private static Optional<Credentials> credentials(Section section, CredentialForm form, List<Secret> secrets) {
        Map<String, Secret> beside = new TreeMap<>();
        int own = secrets.size() - form.parameters().size();
        for (int at = 0; at < form.parameters().size(); at++) {
            beside.put(form.parameters().get(at), secrets.get(own + at));
        }
        return switch (form.scheme()) {
            case OAUTH1 ->
                Optional.of(
                        new Credentials.OAuth1(secrets.get(0), secrets.get(1), secrets.get(2), secrets.get(3), beside));
            case BASIC -> basic(section, secrets.get(0), secrets.get(1), beside);
            case BEARER -> bearer(section, secrets.getFirst(), beside);
        };
    }

    private static Optional<Credentials> basic(
            Section section, Secret username, Secret password, Map<String, Secret> beside) {
        // RFC 7617, section 2: the first colon ends the user name.
        if (username.value().contains(":")) {
            section.mistake("username", "must not hold a colon, because the scheme basic cannot carry one");
            return Optional.empty();
        }
        return Optional.of(new Credentials.Basic(username, password, beside));
    }

    private static Optional<Credentials> bearer(Section section, Secret token, Map<String, Secret> beside) {
        // It goes into a header as it is.
        if (!token.value().chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            section.mistake("token", "must be printable ASCII without spaces in the scheme bearer");
            return Optional.empty();
        }
        return Optional.of(new Credentials.Bearer(token, beside));
    }

    private static String name(CredentialForm form) {
        return form.scheme().name().toLowerCase(Locale.ROOT);
    }

    private static List<String> keys(CredentialForm form) {
        List<String> keys = switch (form.scheme()) {
            case OAUTH1 -> List.of("consumer-key", "consumer-secret", "token", "token-secret");
            case BASIC -> List.of("username", "password");
            case BEARER -> List.of("token");
        };
        return Stream.concat(keys.stream(), form.parameters().stream()).toList();
    }
}
