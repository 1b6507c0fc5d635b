package io.unpost.gateway.engine;

/// How much of one account's work is under way, and how much more may be.
final class Load {

    private static final int LEAST_RETRIES = 3;
    private static final int CALLS_PER_RETRY = 5;

    private final int most;
    private int calls;
    private int retries;

    /// @param most how many deletes may run at a time
    Load(int most) {
        this.most = most;
    }

    /// Takes a place for a delete, to be given back by [#endCall()]; false where there is none.
    synchronized boolean beginCall() {
        if (calls >= most) {
            return false;
        }
        calls++;
        return true;
    }

    synchronized void endCall() {
        calls--;
    }

    /// Takes a place for a delete that tries again, to be given back by [#endRetry()]; false where there is
    /// none.
    ///
    /// A fifth of the deletes under way may be trying again at a time, or three where that is less, so that those
    /// who try again do not add much to the load of a provider that has enough of it.
    synchronized boolean beginRetry() {
        if (retries >= Math.max(LEAST_RETRIES, calls / CALLS_PER_RETRY)) {
            return false;
        }
        retries++;
        return true;
    }

    synchronized void endRetry() {
        retries--;
    }

    /// How many deletes are under way.
    synchronized int calls() {
        return calls;
    }
}
