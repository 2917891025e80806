package backout.check;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How what was seen must relate to what is wanted. */
public enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    /** Whether it asks for more or less, not for the same. */
    boolean ranks() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /**
     * Whether it holds.
     *
     * @param comparison of what was seen with what is wanted, as {@link Comparable#compareTo} gives
     */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS -> comparison < 0;
            case AT_MOST -> comparison <= 0;
            case MORE -> comparison > 0;
            case AT_LEAST -> comparison >= 0;
        };
    }

    /** The same direction, a tie included: "no worse than". */
    Operator orTie() {
        return switch (this) {
            case LESS -> AT_MOST;
            case MORE -> AT_LEAST;
            case EQUAL, NOT_EQUAL, AT_MOST, AT_LEAST -> this;
        };
    }

    static Optional<Operator> of(String sign) {
        return Arrays.stream(values()).filter(one -> one.sign.equals(sign)).findFirst();
    }

    /** The operator that somebody left without spaces; of {@code <} and {@code <=} the latter. */
    static Optional<String> longestIn(String text) {
        return signs().stream().filter(text::contains).max(Comparator.comparingInt(String::length));
    }

    static List<String> signs() {
        return Arrays.stream(values()).map(Operator::sign).toList();
    }
}
