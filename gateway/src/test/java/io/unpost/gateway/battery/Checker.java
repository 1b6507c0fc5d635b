package io.unpost.gateway.battery;

import static io.unpost.gateway.battery.Finding.Rule.FEW_SENDS;
import static io.unpost.gateway.battery.Finding.Rule.NOTHING_ELSE;
import static io.unpost.gateway.battery.Finding.Rule.TRUE_CLAIMS;

import io.unpost.gateway.Api.Proof;
import io.unpost.gateway.Provider;
import io.unpost.gateway.Send;
import io.unpost.gateway.battery.Finding.Rule;
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
import java.util.stream.Collectors;

/// Holds claims against what providers saw, did and said.
///
/// It knows the providers' side only: their ledgers, each request that came, and each answer that was sent whole.
final class Checker {

    private static final int MOST_SENDS = 3;
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
        Map<String, Set<String>> accounts = requested.stream()
                .collect(Collectors.groupingBy(
                        Operation::id, Collectors.mapping(Operation::account, Collectors.toSet())));
        for (Provider provider : providers) {
            provider.refused().forEach(line -> findings.add(new Finding(FEW_SENDS, "not genuine: " + line)));
            provider.asked().stream()
                    .filter(id -> !accounts.containsKey(id))
                    .forEach(id -> findings.add(new Finding(NOTHING_ELSE, id + " was sent, and not requested")));
            provider.ledger().forEach((id, line) -> {
                if (accounts.getOrDefault(id, Set.of()).stream().noneMatch(account -> owns(account, line.token()))) {
                    findings.add(new Finding(NOTHING_ELSE, id + " was deleted by " + line.token()));
                }
            });
        }
        var nonces = new HashSet<String>();
        providers.stream()
                .flatMap(provider -> provider.asked().stream().flatMap(id -> provider.sendsOf(id).stream()))
                .map(Send::nonce)
                .filter(nonce -> !nonce.isEmpty() && !nonces.add(nonce))
                .forEach(nonce -> findings.add(new Finding(FEW_SENDS, "nonce used again: " + nonce)));
        return findings;
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

    /// What overlapping calls for one target were told, who may share their sends.
    ///
    /// @param sends those that came after the first call and before the next chain's
    private record Chain(List<Claim> claims, Provider provider, List<Send> sends) {}

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
        List<Proof> proofs =
                chain.sends().stream().map(send -> proof(chain, send)).toList();
        for (Claim claim : chain.claims()) {
            String wrong = wrong(claim, chain, proofs);
            if (!wrong.isEmpty()) {
                findings.add(finding(TRUE_CLAIMS, claim, chain, wrong));
            }
        }
        Claim first = chain.claims().getFirst();
        for (int at = 0; at < proofs.size() - 1; at++) {
            if (proofs.get(at) == Proof.DELETED) {
                findings.add(finding(FEW_SENDS, first, chain, "was sent again after it was confirmed"));
            }
        }
        if (proofs.size() > MOST_SENDS * chain.claims().size()) {
            findings.add(finding(FEW_SENDS, first, chain, "was sent " + proofs.size() + " times"));
        }
    }

    private static Proof proof(Chain chain, Send send) {
        Send.Reply reply = send.reply();
        if (reply == null) {
            return Proof.NOTHING;
        }
        Proof proof = chain.provider().api().proof(send.asked(), reply.status(), reply.body());
        return switch (reply.condition()) {
            // Who left meanwhile may not have got it, nor known of it when it asked again.
            case SOUND -> proof == Proof.DELETED && send.left() ? Proof.PERHAPS_DELETED : proof;
            case DAMAGED -> proof == Proof.DELETED ? Proof.PERHAPS_DELETED : Proof.NOTHING;
        };
    }

    private static Finding finding(Rule rule, Claim claim, Chain chain, String wrong) {
        return new Finding(rule, claim + ": " + wrong + "; sends " + chain.sends());
    }

    /// Why a claim is more than the provider's side bears out; empty where it is not.
    ///
    /// @param proofs what each send of the chain was answered
    private static String wrong(Claim claim, Chain chain, List<Proof> proofs) {
        Optional<Provider.Deletion> line = chain.provider().deletion(claim.id());
        boolean ours = line.filter(
                        done -> !done.at().isBefore(chain.claims().getFirst().from()))
                .isPresent();
        return switch (claim.outcome()) {
            case "deleted" -> line.isEmpty() ? "is not in the ledger" : unproven(claim.evidence(), proofs);
            case "already_gone" -> ours ? "is our own doing" : absentBefore(proofs);
            case "not_deleted" -> ours ? "is in the ledger" : untouched(proofs);
            case "unverified" -> proofs.contains(Proof.DELETED) ? "was confirmed" : "";
            case "unknown" -> "";
            default -> "is no outcome";
        };
    }

    private static String absentBefore(List<Proof> proofs) {
        return !proofs.isEmpty() && proofs.getLast() == Proof.ABSENT
                ? untouched(proofs.subList(0, proofs.size() - 1))
                : "rests on no such answer";
    }

    /// Where there were no sends, every attempt never left.
    private static String untouched(List<Proof> proofs) {
        return proofs.stream().allMatch(Proof.UNTOUCHED::equals) ? "" : "may have been done by ourselves";
    }

    private static String unproven(String evidence, List<Proof> proofs) {
        boolean proven = switch (evidence) {
            case "echo", "acknowledged" -> proofs.stream().anyMatch(CONFIRMING::contains);
            // Something of ours must have gone before.
            case "absence" ->
                proofs.contains(Proof.ABSENT)
                        && proofs.subList(0, proofs.lastIndexOf(Proof.ABSENT)).stream()
                                .anyMatch(OPEN::contains);
            default -> false;
        };
        return proven ? "" : "rests on no such answer";
    }
}
