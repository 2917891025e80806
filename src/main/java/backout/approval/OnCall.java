package backout.approval;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Who is on call at one level, at any moment. */
public interface OnCall {
    /**
     * @param people as {@code config/people.yml} names them; nobody where there is nobody
     * @param why how it comes: "rotation", "in place of li"
     * @param until when that may change; null where it never does by itself
     */
    record Shift(List<String> people, Phrase why, @Nullable Instant until) {
        public Shift {
            people = List.copyOf(people);
        }
    }

    Shift at(Instant when);

    /** Always these. */
    static OnCall always(List<String> people) {
        return _ -> new Shift(people, Phrase.of("always"), null);
    }
}
