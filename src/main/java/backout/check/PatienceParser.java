package backout.check;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what stands behind the condition, in any order, each at most once. */
final class PatienceParser {
    private static final BigDecimal DAY = BigDecimal.valueOf(86_400_000);
    private static final List<String> KNOWN = List.of("within 60s", "3 times", "or baseline x1.5");

    private final Sentence sentence;
    private final Condition condition;
    private @Nullable Duration within;
    private @Nullable Integer times;
    private @Nullable BigDecimal factor;

    PatienceParser(Sentence sentence, Condition condition) {
        this.sentence = sentence;
        this.condition = condition;
    }

    Optional<Duration> within() {
        return Optional.ofNullable(within);
    }

    int times() {
        return times == null ? 1 : times;
    }

    Optional<BigDecimal> factor() {
        return Optional.ofNullable(factor);
    }

    void parse() {
        while (sentence.hasMore()) {
            Sentence.Word word = sentence.take(Phrase.NONE);
            if (word.text().equals("within")) {
                first(word, within);
                within = duration();
            } else if (word.text().equals("or")) {
                first(word, factor);
                factor = baseline(word);
            } else if (word.text().matches("[0-9]+")) {
                first(word, times);
                times = times(word);
            } else {
                throw sentence.wrong(
                        word,
                        Phrase.of("is not understood after the condition"),
                        Sentence.oneOf(word.text(), KNOWN));
            }
        }
    }

    private void first(Sentence.Word word, @Nullable Object before) {
        if (before != null) {
            throw sentence.wrong(
                    word, Phrase.of("is said twice"), Phrase.of("Take one of them out"));
        }
    }

    private Duration duration() {
        Sentence.Word word = sentence.take(Phrase.of("a duration"), "60s");
        return Quantity.parse(Field.Kind.DURATION, word.text())
                .filter(millis -> millis.signum() >= 0 && millis.compareTo(DAY) <= 0)
                .map(millis -> Duration.ofMillis(millis.longValue()))
                .orElseThrow(() ->
                        sentence.wrong(
                                word,
                                Phrase.of("is no duration of at most a day"),
                                Phrase.of("Write {0}", Quantity.example(Field.Kind.DURATION))));
    }

    private int times(Sentence.Word word) {
        if (!word.text().matches("[1-9][0-9]?")) {
            throw sentence.wrong(
                    word, Phrase.of("is no number of times"), Phrase.of("Write 1 to 99"));
        }
        sentence.expect("times");
        return Integer.parseInt(word.text());
    }

    private BigDecimal baseline(Sentence.Word or) {
        sentence.expect("baseline");
        Sentence.Word word = sentence.take(Phrase.of("a factor"), "x1.5");
        if (!condition.operator().ranks() || !(condition.wanted() instanceof Wanted.Exactly)) {
            throw sentence.wrong(
                    or,
                    Phrase.of("needs a limit before it"),
                    Phrase.of("Compare with a number by <, <=, > or >="));
        }
        if (!word.text().matches("x[0-9]{1,3}(\\.[0-9]{1,3})?") || factor(word).signum() == 0) {
            throw sentence.wrong(
                    word, Phrase.of("is no factor"), Phrase.of("Write one such as x1.5"));
        }
        return factor(word);
    }

    private static BigDecimal factor(Sentence.Word word) {
        return new BigDecimal(word.text().substring(1));
    }
}
