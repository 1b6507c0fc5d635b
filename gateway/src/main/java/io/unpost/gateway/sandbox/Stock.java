package io.unpost.gateway.sandbox;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What exists of one kind at one imitated provider, in memory. Of several deletes of one id at once, one succeeds.
final class Stock {

    /// What came of a delete.
    sealed interface Deletion {

        /// It was there, and is not any more.
        record Done(Post post) implements Deletion {}

        /// It is somebody else's, and stays.
        record Foreign() implements Deletion {}

        /// There is none of this id.
        record Absent() implements Deletion {}
    }

    private final String kind;
    private final Voice voice;
    private final Map<String, Magic> magic;
    private final List<Post> seeds;
    private final Map<String, Post> posts = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();

    /// @param kind as it is called in the gateway's paths
    /// @param seeds what there is at the start, beside what magic ids need
    Stock(String kind, List<Post> seeds, List<Magic> magic, Voice voice) {
        this.kind = kind;
        this.voice = voice;
        this.magic = magic.stream()
                .collect(Collectors.toMap(Magic::id, Function.identity(), Stock::twice, LinkedHashMap::new));
        this.seeds = Stream.concat(
                        seeds.stream(),
                        magic.stream().filter(id -> id.script().needsPost()).map(Magic::post))
                .toList();
        reset();
    }

    String kind() {
        return kind;
    }

    Voice voice() {
        return voice;
    }

    /// The ids with an answer of their own, in the order they are shown.
    List<Magic> magic() {
        return List.copyOf(magic.values());
    }

    /// The script of a magic id; empty for any other.
    Optional<Script> script(String id) {
        return Optional.ofNullable(magic.get(id)).map(Magic::script);
    }

    /// What exists now, in the order it was put there.
    synchronized List<Post> all() {
        return List.copyOf(posts.values());
    }

    synchronized Optional<Post> find(String id) {
        return Optional.ofNullable(posts.get(id));
    }

    /// Deletes for good what is the demo account's.
    synchronized Deletion delete(String id) {
        Post post = posts.get(id);
        if (post == null) {
            return new Deletion.Absent();
        }
        return switch (post.owner()) {
            case SOMEBODY_ELSE -> new Deletion.Foreign();
            case DEMO_ACCOUNT -> {
                posts.remove(id);
                yield new Deletion.Done(post);
            }
        };
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

    private static Magic twice(Magic one, Magic other) {
        throw new IllegalArgumentException(one.id() + " is magic in two ways: " + one.does() + "; " + other.does());
    }
}
