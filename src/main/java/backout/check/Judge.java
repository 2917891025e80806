package backout.check;

import backout.check.Verdict.Unknown;
import backout.check.Verdict.Unwell;
import backout.check.Verdict.Well;
import backout.language.Phrase;
import backout.problem.Shown;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Compares what was seen with what is wanted. Whoever could not look says unknown, never well. */
final class Judge {
    private static final int SERVER_ERROR = 500;

    private final Check check;
    private final Condition condition;
    private final Optional<Reading> baseline;

    Judge(Check check, Optional<Reading> baseline) {
        this.check = check;
        this.condition = check.condition();
        this.baseline = baseline;
    }

    Verdict of(Reading reading) {
        List<String> unfilled = check.unfilled();
        if (!unfilled.isEmpty()) {
            return new Unknown(Phrase.of("nobody knows {{0}}", unfilled.getFirst()));
        }
        return because(reading, failedToo(reading, judged(reading)));
    }

    private Verdict judged(Reading reading) {
        return switch (Sight.of(condition, reading)) {
            case Sight.Blind(var why) -> new Unknown(why);
            case Sight.Missing(var seen) ->
                    new Unwell(seen, right(), reading instanceof Reading.NoAnswer);
            case Sight.Text text -> of(text, Phrase.verbatim(Shown.value(text.text())));
            case Sight.Amount number ->
                    provesNothing(number, of(number, Phrase.verbatim(number.text())));
        };
    }

    /** What is well needs no reason. */
    private Verdict because(Reading reading, Verdict verdict) {
        boolean isLife = condition.field() == Field.STATE || condition.field() == Field.RESTARTS;
        return isLife
                        && verdict instanceof Unwell(var seen, var wanted, var gone)
                        && reading instanceof Reading.Facts facts
                        && !facts.cause().isEmpty()
                ? new Unwell(Phrase.of("{0}, {1}", seen, facts.cause()), wanted, gone)
                : verdict;
    }

    /** Whoever says that it is well, and with the same answer that it failed, is not. */
    private Verdict failedToo(Reading reading, Verdict verdict) {
        return condition.field() == Field.BODY
                        && verdict instanceof Well(var seen)
                        && reading instanceof Reading.Answered answered
                        && answered.status() >= SERVER_ERROR
                ? new Unwell(Phrase.of("{0}, with status {1}", seen, answered.status()), right())
                : verdict;
    }

    /** A pattern that matches nothing would be equal to nothing for ever. */
    private Verdict provesNothing(Sight.Amount seen, Verdict verdict) {
        boolean none = condition.kind() == Field.Kind.COUNT && seen.value().signum() == 0;
        return none && verdict.isWell()
                ? new Unknown(Phrase.of("the pattern matches nothing"))
                : verdict;
    }

    private Verdict of(Sight seen, Phrase shown) {
        return switch (condition.wanted()) {
            case Wanted.Like like -> equal(like.matches(text(seen)), shown);
            case Wanted.AnyOf(var choices) ->
                    equal(choices.stream().anyMatch(one -> same(seen, one.text())), shown);
            case Wanted.Exactly(var text) ->
                    condition.operator().ranks()
                            ? rank(seen, text, shown)
                            : exactly(seen, text, shown);
            case Wanted.Baseline _ -> likeBaseline(seen, shown);
        };
    }

    private Verdict exactly(Sight seen, String wanted, Phrase shown) {
        return isNumeric() && limit(wanted).isEmpty()
                ? noNumber(wanted)
                : equal(same(seen, wanted), shown);
    }

    private Verdict equal(boolean same, Phrase shown) {
        return verdict(same == (condition.operator() == Operator.EQUAL), shown);
    }

    private Verdict verdict(boolean holds, Phrase shown) {
        return holds ? new Well(shown) : new Unwell(shown, right());
    }

    private Phrase right() {
        return Phrase.verbatim(condition.right());
    }

    private boolean isNumeric() {
        return !condition.kind().isText();
    }

    private Optional<BigDecimal> limit(String wanted) {
        return Quantity.parse(condition.kind(), wanted);
    }

    private static Verdict noNumber(String wanted) {
        return new Unknown(Phrase.of("{0} is no number to compare with", Shown.quoted(wanted)));
    }

    private static String text(Sight seen) {
        return seen instanceof Sight.Text(var text)
                ? text
                : seen instanceof Sight.Amount(_, var text) ? text : "";
    }

    /** A number in JSON is the same as a number, text is the same as that text to the letter. */
    private boolean same(Sight seen, String wanted) {
        if (seen instanceof Sight.Amount(var value, _) && limit(wanted).isPresent()) {
            return value.compareTo(limit(wanted).get()) == 0;
        }
        return text(seen).equals(wanted);
    }

    private Verdict rank(Sight seen, String wanted, Phrase shown) {
        if (limit(wanted).isEmpty()) {
            return noNumber(wanted);
        }
        if (seen.number().isEmpty()) {
            return new Unwell(shown, right());
        }
        BigDecimal value = seen.number().get();
        boolean holds = condition.operator().holds(value.compareTo(limit(wanted).get()));
        return holds || check.baselineFactor().isEmpty()
                ? verdict(holds, shown)
                : orBaseline(value, shown, check.baselineFactor().get());
    }

    /** Beyond the fixed limit: no worse than before is well too. */
    private Verdict orBaseline(BigDecimal value, Phrase shown, BigDecimal factor) {
        Sight before = before();
        if (before.number().isEmpty()) {
            return new Unknown(
                    Phrase.of(
                            "{0} is not {1}, and {2}",
                            shown, condition.right(), noBaseline(before)));
        }
        BigDecimal limit = before.number().get().multiply(factor);
        String base = text(before);
        return condition.operator().orTie().holds(value.compareTo(limit))
                ? new Well(Phrase.of("{0}, {1} before", shown, base))
                : new Unwell(
                        shown,
                        Phrase.of(
                                "{0} or {1} × {2}",
                                condition.right(), factor.toPlainString(), base));
    }

    private Verdict likeBaseline(Sight seen, Phrase shown) {
        Sight before = before();
        Phrase wanted =
                Phrase.of("{0} {1} before", condition.operator().sign(), Shown.value(text(before)));
        Optional<BigDecimal> now = seen.number();
        Optional<BigDecimal> then = before.number();
        if (now.isPresent() && then.isPresent()) {
            boolean holds = condition.operator().holds(now.get().compareTo(then.get()));
            return holds ? new Well(shown) : new Unwell(shown, wanted);
        }
        if (!(before instanceof Sight.Text) || condition.operator().ranks()) {
            return new Unknown(noBaseline(before));
        }
        boolean same = seen.kept().equals(before.kept());
        boolean holds = same == (condition.operator() == Operator.EQUAL);
        return holds ? new Well(shown) : new Unwell(shown, wanted);
    }

    private Sight before() {
        return baseline.map(reading -> Sight.of(condition, reading))
                .orElseGet(() -> new Sight.Blind(Phrase.of("nobody looked before")));
    }

    private static Phrase noBaseline(Sight before) {
        Phrase why =
                switch (before) {
                    case Sight.Blind(var reason) -> reason;
                    case Sight.Missing(var seen) -> seen;
                    case Sight.Text(var text) -> Phrase.verbatim(Shown.quoted(text));
                    case Sight.Amount(_, var text) -> Phrase.verbatim(text);
                };
        return Phrase.of("there is no baseline to compare with ({0})", why);
    }
}
