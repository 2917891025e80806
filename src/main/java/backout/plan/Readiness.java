package backout.plan;

import backout.language.Phrase;

import java.util.List;
import java.util.Optional;

/** How ready the places are that people would be led to, as one look found them. */
public record Readiness(List<Part> parts) {
    /** How a part was found; what could not be looked at is never well. */
    public enum State {
        WELL,
        UNWELL,
        UNKNOWN
    }

    /**
     * One thing that was looked at.
     *
     * @param what it is, the same at each look
     * @param says what was seen where it is not well
     */
    public record Part(Phrase what, State state, Phrase says) {
        public static Part well(Phrase what) {
            return new Part(what, State.WELL, Phrase.NONE);
        }

        boolean isAs(Part other) {
            return state == other.state && what.toString().equals(other.what.toString());
        }
    }

    public Readiness {
        parts = List.copyOf(parts);
    }

    /** What was found last; empty where nobody looked yet. */
    public static Optional<Readiness> last(List<TargetEvent> events) {
        return events.stream()
                .filter(TargetEvent.StandbySeen.class::isInstance)
                .map(event -> ((TargetEvent.StandbySeen) event).readiness())
                .reduce((_, last) -> last);
    }

    /** Whether the same is as well as it was: then it is no news, whatever was seen of it. */
    public boolean isAs(Readiness other) {
        return parts.size() == other.parts.size()
                && parts.stream().allMatch(part -> other.parts.stream().anyMatch(part::isAs));
    }

    /** How many parts are well. */
    public int score() {
        return (int) parts.stream().filter(part -> part.state() == State.WELL).count();
    }

    /** In one sentence without its end: the score, then what is not well. */
    public Phrase says() {
        Phrase score = Phrase.of("{0} of {1} well", score(), parts.size());
        List<Phrase> amiss =
                parts.stream()
                        .filter(part -> part.state() != State.WELL)
                        .map(Readiness::said)
                        .toList();
        return amiss.isEmpty() ? score : Phrase.of("{0}. {1}", score, Phrase.joined("; ", amiss));
    }

    private static Phrase said(Part part) {
        return part.state() == State.UNWELL
                ? Phrase.of("{0} is not: {1}", part.what(), part.says())
                : Phrase.of("{0} is unknown: {1}", part.what(), part.says());
    }
}
