package backout.executor.dns;

import backout.dns.Provider;
import backout.dns.Records;
import backout.language.Phrase;
import backout.plan.Step;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Move;
import backout.run.Present;
import backout.run.Receipt;
import backout.run.Script;
import backout.run.Work;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Leads names to another place and back, all of them in one change. Whether every server answers so
 * is for the checks to tell.
 */
record RecordMove(Zones zones) implements Move {
    private static final Duration WITHIN = Duration.ofMinutes(1);

    /** Each record is another request, of which each may take its time. */
    private static final Duration ONE_BY_ONE = Duration.ofMinutes(5);

    private static final String BEGUN = "begun";

    @Override
    public Duration within(Step step) {
        return provider(step).changesAtOnce() ? WITHIN : ONE_BY_ONE;
    }

    private Provider provider(Step step) {
        return zones.of(key -> step.with().getOrDefault(key, ""));
    }

    private Records now(Step step) {
        return provider(step).read(List.of(step.need("names").split("\n", -1)));
    }

    /** Who only changes times compares them; who leads names elsewhere need not. */
    static String id(Step step, Records records) {
        return step.action().equals(TtlPlanner.TTL) ? records.letter() : records.identity();
    }

    private static Records before(Step step) {
        return Records.parse(step.need("before"));
    }

    private static Records after(Step step) {
        return Records.parse(step.need("after"));
    }

    @Override
    public Present present(Step step, Work work) {
        try {
            Provider provider = provider(step);
            Records now = now(step);
            if (now.sets().isEmpty() && !provider.leadsByItself()) {
                return new Present.Gone(Phrase.of("none of the names has a record"));
            }
            return isOnTheWay(provider, now, step)
                    ? new Present.Between(after(step).shown(now))
                    : new Present.At(id(step, now));
        } catch (ProblemException e) {
            return Present.Unknown.of(e);
        }
    }

    /** A part of what we change; where all is changed at once it is somebody else's. */
    private static boolean isOnTheWay(Provider provider, Records now, Step step) {
        return !provider.changesAtOnce()
                && !isAll(provider, step, now, before(step))
                && !isAll(provider, step, now, after(step))
                && now.isBetween(before(step), after(step));
    }

    /** Where records change one at a time, one may be left that only its time tells apart. */
    private static boolean isAll(Provider provider, Step step, Records now, Records wanted) {
        return id(step, now).equals(id(step, wanted))
                && (provider.changesAtOnce() || provider.keeps(wanted));
    }

    @Override
    public Phrase move(Step step, Work work) {
        bring(step, before(step), after(step), work.kept().isPresent(), work);
        return step.action().equals(TtlPlanner.TTL)
                ? Phrase.of("kept anew; former answers may be kept until {0}", until(step))
                : Phrase.of("{0} records lead there", after(step).sets().size());
    }

    private Instant until(Step step) {
        Provider provider = provider(step);
        long longest =
                before(step).changes(after(step)).stream()
                        .flatMap(change -> change.before().stream())
                        .mapToLong(provider::lasts)
                        .max()
                        .orElse(0);
        return zones.clock().instant().plusSeconds(longest);
    }

    @Override
    public Phrase back(Step step, Optional<Receipt> receipt, Work work) {
        return bring(step, after(step), before(step), receipt.isPresent(), work)
                ? Phrase.of("{0} records are as before", before(step).sets().size())
                : NOTHING_TO_TAKE_BACK;
    }

    /**
     * @param begun whether what is in between may be our own
     * @return whether there was anything to do
     */
    private boolean bring(Step step, Records from, Records to, boolean begun, Work work) {
        Provider provider = provider(step);
        Records now = now(step);
        if (begun ? isAll(provider, step, now, to) : id(step, now).equals(id(step, to))) {
            return false;
        }
        boolean goesOn = begun && !provider.changesAtOnce() && now.isBetween(from, to);
        if (!goesOn) {
            from.requireSame(now, one -> id(step, one));
        }
        work.requireTime();
        if (!provider.changesAtOnce()) {
            work.keep(new Receipt(Map.of(BEGUN, id(step, from))));
        }
        provider.change(goesOn ? now : from, to, work::requireTime);
        requireAll(provider, step, now(step), to);
        return true;
    }

    /** What it says of itself is a hint; what it keeps is what counts. */
    private static void requireAll(Provider provider, Step step, Records now, Records wanted) {
        if (!isAll(provider, step, now, wanted)) {
            throw Problem.stop(
                    Phrase.of(
                            "whoever keeps the zone says that it is done, and this is not as it"
                                    + " should be: {0}",
                            wanted.shown(now)),
                    Phrase.of("look at the zone"));
        }
    }

    /** Nothing is given up: the records that were left are in the plan. */
    @Override
    public Phrase forget(Step step, Optional<Receipt> receipt, Work work) {
        return Phrase.of("the names stay there");
    }

    @Override
    public List<Phrase> byHand(Step step, Optional<Receipt> receipt) {
        Stream<Phrase> changes =
                after(step).changes(before(step)).stream()
                        .map(one -> Phrase.of("where the zone is kept: {0}", one.told()));
        return changes.toList();
    }

    @Override
    public Script script(Step step) {
        return provider(step).script(before(step), after(step));
    }
}
