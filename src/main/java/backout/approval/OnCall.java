package backout.approval;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** Whether it has this person on call at any time; whoever cannot know says yes. */
    default boolean canName(String person) {
        return true;
    }

    /** Why the list may not be as it is now; empty where nothing speaks against it. */
    default Optional<Phrase> doubt(Instant now) {
        return Optional.empty();
    }

    /** Shifts from then until then of people whom nobody knows, each with what is wrong. */
    default List<Phrase> strangers(Instant from, Instant to) {
        return List.of();
    }

    /** Of a level that has no list. */
    static OnCall all(List<String> people) {
        return _ -> new Shift(people, Phrase.of("all of that level"), null);
    }

    /** Always these. */
    static OnCall always(List<String> people) {
        return new Always(people);
    }

    /** See {@link #always}. */
    record Always(List<String> people) implements OnCall {
        public Always {
            people = List.copyOf(people);
        }

        @Override
        public Shift at(Instant when) {
            return new Shift(people, Phrase.of("always"), null);
        }

        @Override
        public boolean canName(String person) {
            return people.contains(person);
        }
    }
}
