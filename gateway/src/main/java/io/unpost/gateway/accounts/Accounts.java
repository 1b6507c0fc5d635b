package io.unpost.gateway.accounts;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The accounts of all sources, by name.
@Singleton
public final class Accounts {

    private final List<AccountSource> sources;
    private volatile Index index = new Index(List.of(), new TreeMap<>());

    /// @param sources asked at each look-up and never before: one may know its accounts only once the server is bound
    public Accounts(Collection<? extends AccountSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /// The account of that name.
    ///
    /// @throws IllegalStateException where two sources have an account of one name
    public Optional<Account> find(String name) {
        return Optional.ofNullable(index().byName().get(name));
    }

    /// Sorted by name.
    ///
    /// @throws IllegalStateException where two sources have an account of one name
    public List<Account> all() {
        return List.copyOf(index().byName().values());
    }

    private Index index() {
        List<List<Account>> now = new ArrayList<>();
        for (AccountSource source : sources) {
            now.add(source.accounts());
        }
        Index known = index;
        if (!known.isOf(now)) {
            known = Index.of(now);
            index = known;
        }
        return known;
    }

    /// What the sources gave last, put in order.
    private record Index(List<List<Account>> lists, NavigableMap<String, Account> byName) {

        static Index of(List<List<Account>> lists) {
            NavigableMap<String, Account> byName = new TreeMap<>();
            for (List<Account> list : lists) {
                for (Account account : list) {
                    if (byName.putIfAbsent(account.name(), account) != null) {
                        throw new IllegalStateException("two sources have an account named " + account.name());
                    }
                }
            }
            return new Index(lists, byName);
        }

        /// Whether each source gave the very list it gave before; comparing identities keeps a look-up cheap.
        @SuppressWarnings("ReferenceEquality") // equal lists are fine too, they only cost a new index
        boolean isOf(List<List<Account>> others) {
            if (lists.size() != others.size()) {
                return false;
            }
            for (int at = 0; at < lists.size(); at++) {
                if (lists.get(at) != others.get(at)) {
                    return false;
                }
            }
            return true;
        }
    }
}
