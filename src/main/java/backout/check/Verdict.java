package backout.check;

import backout.language.Phrase;

/** What one look says about one check. Unknown never counts as well. */
public sealed interface Verdict {
    record Well(Phrase seen) implements Verdict {
        @Override
        public String toString() {
            return "well: " + seen;
        }
    }

    /**
     * It does not hold.
     *
     * @param gone nothing answered at all, which is worse than a wrong answer
     */
    record Unwell(Phrase seen, Phrase wanted, boolean gone) implements Verdict {
        public Unwell(Phrase seen, Phrase wanted) {
            this(seen, wanted, false);
        }

        @Override
        public String toString() {
            return "unwell: " + seen + ", wanted " + wanted;
        }
    }

    record Unknown(Phrase why) implements Verdict {
        @Override
        public String toString() {
            return "unknown: " + why;
        }
    }

    default boolean isWell() {
        return this instanceof Well;
    }
}
