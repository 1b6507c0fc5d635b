package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.FEW_SENDS;
import static io.unpost.gateway.battery.Finding.Rule.NOTHING_ELSE;
import static io.unpost.gateway.battery.Finding.Rule.TRUE_CLAIMS;

import io.unpost.gateway.Api.Proof;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Send;
import io.unpost.gateway.battery.Finding.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds claims against what providers saw, did and said.
///
/// It knows the providers' side only: their ledgers, each request that came, and each answer that was sent whole.
final class Checker {

    private static final int MOST_SENDS = 3;
    /// No attempt is given less time.
    private static final Duration LEAST_ATTEMPT = Duration.ofMillis(250);
    /// How late a request may be read, or an answer be told.
    private static final Duration SLACK = Duration.ofSeconds(1);
    private static final Set<Proof> CONFIRMING = Set.of(Proof.DELETED, Proof.PERHAPS_DELETED);
    private static final Set<Proof> OPEN = Set.of(Proof.NOTHING, Proof.PERHAPS_DELETED);

    private final Collection<Provider> providers;

    /// @param providers which have different ids
    Checker(Collection<Provider> providers) {
        this.providers = providers;
    }

    /// What is wrong with claims, whether callers were told them or they stand in an audit log.
    ///
    /// @param claims all there are of this kind, one for each operation
    List<Finding> ofClaims(Collection<Claim> claims) {
        var findings = new ArrayList<Finding>();
        byTarget(claims).values().forEach(of -> chains(of).forEach(chain -> ofChain(chain, findings)));
        return findings;
    }

    /// What is wrong with the requests that were sent.
    ///
    /// @param requested everything that was asked for
    List<Finding> ofSends(Collection<Operation> requested) {
        var findings = new ArrayList<Finding>();
        providers.forEach(provider ->
                provider.refused().forEach(line -> findings.add(new Finding(FEW_SENDS, "not genuine: " + line))));
        Map<String, List<Operation>> byId = requested.stream().collect(Collectors.groupingBy(Operation::id));
        providers.stream()
                .flatMap(provider -> Stream.concat(provider.asked().stream(), provider.ledger().keySet().stream()))
                .distinct()
                .forEach(id -> findings.addAll(ofSends(id, byId.getOrDefault(id, List.of()))));
        var nonces = new HashSet<String>();
        providers.stream()
                .flatMap(provider -> provider.asked().stream().flatMap(id -> provider.sendsOf(id).stream()))
                .map(Send::nonce)
                .filter(nonce -> !nonce.isEmpty() && !nonces.add(nonce))
                .forEach(nonce -> findings.add(new Finding(FEW_SENDS, "nonce used again: " + nonce)));
        return findings;
    }

    /// What is wrong with the requests for one id: each is of a form and by an account for which it was asked.
    ///
    /// @param requested what was asked for with this id
    List<Finding> ofSends(String id, Collection<Operation> requested) {
        var findings = new ArrayList<Finding>();
        for (Provider provider : providers) {
            for (Send send : provider.sendsOf(id)) {
                if (requested.stream().noneMatch(operation -> asksFor(send, operation))) {
                    findings.add(new Finding(NOTHING_ELSE, id + " was sent, and not requested so: " + send));
                }
            }
            provider.deletion(id)
                    .filter(line -> requested.stream().noneMatch(each -> owns(each.account(), line.token())))
                    .ifPresent(line -> findings.add(new Finding(NOTHING_ELSE, id + " was deleted by " + line.token())));
        }
        return findings;
    }

    private static boolean asksFor(Send send, Operation operation) {
        return send.line().equals(operation.line())
                && (send.caller().isEmpty() || owns(operation.account(), send.caller()));
    }

    /// Whether these credentials are the account's: each has its name at the end of its token, or before its user.
    static boolean owns(String account, String token) {
        return token.equals(Provider.TOKEN + "-" + account) || token.equals(account + "." + Provider.USER);
    }

    private static Map<String, List<Claim>> byTarget(Collection<Claim> claims) {
        return claims.stream()
                .collect(Collectors.groupingBy(
                        claim -> claim.account() + "/" + claim.kind() + "/" + claim.id(),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /// What a request was answered.
    ///
    /// @param missed whether the gateway may have left before it had the answer
    private record Heard(Proof proof, boolean missed) {

        /// Whether it may have been done, and the gateway need not know.
        boolean open() {
            return missed || OPEN.contains(proof);
        }

        boolean certainly(Proof what) {
            return proof == what && !missed;
        }
    }

    /// What overlapping calls for one target were told, who may share their sends.
    ///
    /// @param sends those that came after the first call and before the next chain's
    private record Chain(List<Claim> claims, Provider provider, List<Send> sends) {

        Instant from() {
            return claims.getFirst().from();
        }

        boolean single() {
            return claims.size() == 1;
        }

        List<Heard> heard() {
            return sends.stream().map(this::heard).toList();
        }

        private Heard heard(Send send) {
            Send.Reply reply = send.reply();
            if (reply == null) {
                return new Heard(Proof.NOTHING, false);
            }
            // Who leaves for want of time has spent some.
            boolean missed = isLeft(send) && send.left().isAfter(from().plus(LEAST_ATTEMPT));
            Proof proof = provider.api().proof(send.asked(), reply.status(), reply.body());
            return switch (reply.condition()) {
                case SOUND -> new Heard(proof, missed);
                case DAMAGED -> new Heard(proof == Proof.DELETED ? Proof.PERHAPS_DELETED : Proof.NOTHING, missed);
            };
        }

        /// Whether a claim rests on all of this: an other's call may go on after it.
        boolean settles(Claim claim) {
            return single()
                    || sends.stream()
                            .allMatch(send -> send.ended().isBefore(claim.to().minus(SLACK)));
        }
    }

    private List<Chain> chains(List<Claim> ofTarget) {
        var groups = new ArrayList<List<Claim>>();
        var end = Instant.MIN;
        for (Claim claim :
                ofTarget.stream().sorted(Comparator.comparing(Claim::from)).toList()) {
            if (claim.from().isAfter(end)) {
                groups.add(new ArrayList<>());
            }
            groups.getLast().add(claim);
            end = claim.to().isAfter(end) ? claim.to() : end;
        }
        var chains = new ArrayList<Chain>();
        for (int at = 0; at < groups.size(); at++) {
            Instant from = groups.get(at).getFirst().from();
            Instant next = at + 1 == groups.size()
                    ? Instant.MAX
                    : groups.get(at + 1).getFirst().from();
            Provider provider = providerOf(groups.get(at).getFirst().id());
            List<Send> sends = provider.sendsOf(groups.get(at).getFirst().id()).stream()
                    .filter(send -> !send.at().isBefore(from) && send.at().isBefore(next))
                    .toList();
            chains.add(new Chain(groups.get(at), provider, sends));
        }
        return chains;
    }

    /// Any provider for an id that nobody was asked for.
    private Provider providerOf(String id) {
        return providers.stream()
                .filter(provider -> provider.sends(id) > 0)
                .findFirst()
                .orElseGet(() -> providers.iterator().next());
    }

    private static void ofChain(Chain chain, List<Finding> findings) {
        List<Heard> heard = chain.heard();
        for (Claim claim : chain.claims()) {
            String wrong = wrong(claim, chain, heard);
            if (!wrong.isEmpty()) {
                findings.add(finding(TRUE_CLAIMS, claim, chain, wrong));
            }
        }
        Claim first = chain.claims().getFirst();
        for (int at = 0; at < heard.size() - 1; at++) {
            if (heard.get(at).certainly(Proof.DELETED)) {
                findings.add(finding(FEW_SENDS, first, chain, "was sent again after it was confirmed"));
            }
        }
        if (heard.size() > MOST_SENDS * chain.claims().size()) {
            findings.add(finding(FEW_SENDS, first, chain, "was sent " + heard.size() + " times"));
        }
        if (chain.single()) {
            ofTimes(first, chain, findings);
        }
    }

    /// Nothing is sent for whoever has an answer, and each send before it is told as an attempt.
    private static void ofTimes(Claim claim, Chain chain, List<Finding> findings) {
        // One that was left may have been read late.
        if (chain.sends().stream().anyMatch(send -> send.at().isAfter(claim.to().plus(SLACK)) && !isLeft(send))) {
            findings.add(finding(FEW_SENDS, claim, chain, "was sent after it was answered"));
        }
        long before = chain.sends().stream()
                .filter(send -> send.at().isBefore(claim.to()))
                .count();
        if (claim.attempts() >= 0 && claim.attempts() < before) {
            findings.add(finding(TRUE_CLAIMS, claim, chain, "says that there were " + claim.attempts() + " attempts"));
        }
    }

    private static boolean isLeft(Send send) {
        return send.left().isBefore(Instant.MAX);
    }

    private static Finding finding(Rule rule, Claim claim, Chain chain, String wrong) {
        return new Finding(rule, claim + ": " + wrong + "; sends " + chain.sends());
    }

    /// Why a claim is more than the provider's side bears out, or less; empty where it is not.
    private static String wrong(Claim claim, Chain chain, List<Heard> heard) {
        Optional<Provider.Deletion> line = chain.provider().deletion(claim.id());
        boolean ours = line.filter(done -> !done.at().isBefore(chain.from())).isPresent();
        return switch (claim.outcome()) {
            case "deleted" -> line.isEmpty() ? "is not in the ledger" : unproven(claim, heard);
            case "already_gone" -> ours ? "is our own doing" : absentBefore(heard);
            case "not_deleted" -> ours ? "is in the ledger" : untouched(heard);
            case "unverified" -> isConfirmed(heard) ? "was confirmed" : "";
            case "unknown" -> chain.settles(claim) ? known(heard) : "";
            default -> "is no outcome";
        };
    }

    private static String absentBefore(List<Heard> heard) {
        return !heard.isEmpty() && heard.getLast().proof() == Proof.ABSENT
                ? untouched(heard.subList(0, heard.size() - 1))
                : "rests on no such answer";
    }

    /// Where there were no sends, every attempt never left.
    private static String untouched(List<Heard> heard) {
        return heard.stream().allMatch(each -> each.proof() == Proof.UNTOUCHED)
                ? ""
                : "may have been done by ourselves";
    }

    private static String unproven(Claim claim, List<Heard> heard) {
        if (claim.evidence().equals("absence")) {
            return isAbsentAfterOpen(heard, each -> each.proof() == Proof.ABSENT) ? "" : "rests on no such answer";
        }
        return claim.evidence().equals(claim.confirmation())
                        && heard.stream().anyMatch(each -> CONFIRMING.contains(each.proof()))
                ? ""
                : "rests on no such answer";
    }

    /// Why nobody need be in doubt; empty where one must.
    private static String known(List<Heard> heard) {
        if (heard.stream().noneMatch(Heard::open)) {
            return "left nothing open";
        }
        if (isConfirmed(heard)) {
            return "was confirmed";
        }
        return isAbsentAfterOpen(heard, each -> each.certainly(Proof.ABSENT)) ? "was settled by its absence" : "";
    }

    private static boolean isConfirmed(List<Heard> heard) {
        return heard.stream().anyMatch(each -> each.certainly(Proof.DELETED));
    }

    /// Whether something of ours may have been done before.
    private static boolean isAbsentAfterOpen(List<Heard> heard, Predicate<Heard> absent) {
        return IntStream.range(0, heard.size())
                .anyMatch(at -> absent.test(heard.get(at))
                        && heard.subList(0, at).stream().anyMatch(Heard::open));
    }
}
