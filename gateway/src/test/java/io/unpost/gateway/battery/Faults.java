package io.unpost.gateway.battery;

import io.unpost.gateway.Call;
import io.unpost.gateway.Provider.Script;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A provider that fails by chance, and obeys else.
///
/// What happens to a request follows from the seed, its id and how often that id was asked for: from nothing that
/// depends on threads. So the same seed makes the same faults again.
///
/// @param seed makes another run of it
/// @param faults strike first requests in turn, one after the other for ids that follow each other, and later requests
///     by chance, so that any may follow any other
/// @param chance that one strikes, from 0 to 1
/// @param sends how many requests for an id may be struck, the first ones
record Faults(long seed, List<Fault> faults, double chance, int sends) implements Script {

    /// Each id's first request is struck.
    static Faults once(long seed, List<Fault> faults) {
        return new Faults(seed, faults, 1, 1);
    }

    /// Every request is struck.
    static Faults always(long seed, List<Fault> faults) {
        return new Faults(seed, faults, 1, Integer.MAX_VALUE);
    }

    /// What strikes a request.
    ///
    /// @param number counts the requests for that id, from 1 up
    Optional<Fault> fault(String id, int number) {
        long digits = Long.parseLong(id.replaceAll("[^0-9]", ""));
        // Twice, because what follows from neighbouring seeds at once is alike.
        var random = new SplittableRandom(new SplittableRandom(seed + 31 * digits).nextLong() + number);
        if (number > sends || random.nextDouble() >= chance) {
            return Optional.empty();
        }
        return Optional.of(faults.get(
                number == 1
                        ? (int) Math.floorMod(seed + digits, (long) faults.size())
                        : random.nextInt(faults.size())));
    }

    @Override
    public boolean reads(Call call) throws Exception {
        Optional<Fault> fault =
                fault(call.id(), call.number()).filter(each -> each.when().early());
        if (fault.isPresent()) {
            fault.get().play(call);
        }
        return fault.isEmpty();
    }

    @Override
    public void play(Call call) throws Exception {
        Optional<Fault> fault = fault(call.id(), call.number());
        if (fault.isPresent()) {
            fault.get().play(call);
        } else {
            call.obey();
        }
    }
}
