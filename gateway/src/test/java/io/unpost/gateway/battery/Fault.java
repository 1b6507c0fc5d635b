package io.unpost.gateway.battery;

import io.unpost.gateway.Api.Word;
import io.unpost.gateway.Call;
import io.unpost.gateway.Provider.Script;
import java.util.List;
import java.util.stream.Stream;

/// What goes wrong with one exchange.
///
/// @param act what the provider does instead of answering truly; named, for reports
record Fault(When when, Act act) {

    /// What a provider can do wrong.
    record Act(String name, Script script) {

        @Override
        public String toString() {
            return name;
        }
    }

    /// Each of these acts at one place.
    static List<Fault> each(When when, Stream<Act> acts) {
        return acts.map(act -> new Fault(when, act)).toList();
    }

    void play(Call call) throws Exception {
        switch (when) {
            case ACCEPT, BEFORE_COMMIT -> {}
            case HEADERS -> call.read(40);
            case MID_BODY -> call.readHalf();
            case AFTER_COMMIT -> call.commit();
            case MID_RESPONSE -> {
                call.commit();
                String body = call.said(Word.DELETED).body();
                call.send(call.head(200, "Content-Length: " + (body.length() + 1))
                        + body.substring(0, body.length() / 2));
            }
        }
        act.script().play(call);
    }

    @Override
    public String toString() {
        return act + " at " + when;
    }
}
