package backout.plan;

import backout.language.Phrase;

/**
 * What people weigh when they choose between the ways to get a service back, as a kind of targets
 * says it of itself.
 *
 * @param byHand how long the guide counts for doing it by hand; {@link Phrase#NONE} for nothing
 */
public record Remedy(Sort sort, Difficulty difficulty, Phrase byHand) {
    /** Of a kind that says nothing of itself. */
    public static final Remedy UNKNOWN = of(Sort.RELEASE, Difficulty.UNKNOWN);

    /** In the order of the flow chart: what touches least comes first. */
    public enum Sort {
        /** Another release where it runs. */
        RELEASE,
        /** People are led to where it runs besides. */
        STANDBY,
        /** It is made anew. */
        REBUILD;

        /** When it is the right one. */
        public Phrase fits() {
            return switch (this) {
                case RELEASE ->
                        Phrase.of("only the newest release is ill, and what it runs on is well");
                case STANDBY -> Phrase.of("what it runs on is ill, and a standby is there");
                case REBUILD ->
                        Phrase.of("nothing runs that people could be led to; backups are there");
            };
        }
    }

    /** How much can go wrong by it, as the guides count. */
    public enum Difficulty {
        VERY_LOW,
        LOW,
        MEDIUM,
        UNKNOWN;

        public Phrase says() {
            return switch (this) {
                case VERY_LOW -> Phrase.of("very low");
                case LOW -> Phrase.of("low");
                case MEDIUM -> Phrase.of("medium");
                case UNKNOWN -> Phrase.of("unknown");
            };
        }
    }

    /** Nobody counted how long it takes. */
    public static Remedy of(Sort sort, Difficulty difficulty) {
        return new Remedy(sort, difficulty, Phrase.NONE);
    }

    /**
     * The same, with what the guide counts.
     *
     * @param minutes all of it, as {@code 15–40}
     */
    public Remedy byHand(String minutes) {
        return new Remedy(
                sort, difficulty, Phrase.of("not measured here yet; by hand {0} min", minutes));
    }

    /**
     * @param down those of the minutes that the service is down
     */
    public Remedy byHand(String minutes, String down) {
        return new Remedy(
                sort,
                difficulty,
                Phrase.of(
                        "not measured here yet; by hand {0} min, of it {1} min down",
                        minutes, down));
    }
}
