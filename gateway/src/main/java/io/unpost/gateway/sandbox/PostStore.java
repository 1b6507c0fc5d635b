package io.unpost.gateway.sandbox;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What exists at one imitated provider, in memory. Of several deletes of one post at once, one succeeds.
final class PostStore {

    private final List<Post> seeds;
    private final Map<String, Post> posts = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    PostStore(List<Post> seeds) {
        this.seeds = List.copyOf(seeds);
        reset();
    }

    /// What exists now, in the order it was put there.
    synchronized List<Post> all() {
        return List.copyOf(posts.values());
    }

    synchronized Optional<Post> find(String id) {
        return Optional.ofNullable(posts.get(id));
    }

    /// Deletes a post for good.
    ///
    /// @return what was deleted; empty where nothing was there any more
    synchronized Optional<Post> delete(String id) {
        return Optional.ofNullable(posts.remove(id));
    }

    /// Whether this id is asked about for the first time since the last reset. Only for ids of a fixed list, because
    /// each is remembered.
    synchronized boolean firstTime(String id) {
        return seen.add(id);
    }

    /// Puts everything back as it was at the start.
    synchronized void reset() {
        seen.clear();
        posts.clear();
        seeds.forEach(seed -> posts.put(seed.id(), seed));
    }
}
