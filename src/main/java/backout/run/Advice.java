package backout.run;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Readiness;
import backout.plan.Release;
import backout.plan.Remedy.Sort;
import backout.problem.Problem;
import backout.run.Evidence.Finding;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which way back is the best one now, by the flow chart: another release where only the newest is
 * ill, else the standby, else anew. Pure: what was seen in, a recommendation out.
 *
 * @param health how the service is now
 * @param newest whether only the newest release is ill
 * @param ways what was found of each method, in the order of the flow chart
 * @param best the one that is recommended; empty where none can be begun, or none is needed
 * @param why it is recommended, or none is
 */
public record Advice(
        Finding health, Newest newest, List<Way> ways, Optional<Way> best, Phrase why) {
    /** As {@code Suspicion} counts: what fell ill later is hardly ill because it came. */
    private static final Duration CHANGE_COUNTS_FOR = Duration.ofHours(1);

    /**
     * A method as it was found just now.
     *
     * @param plan null where none can be made
     * @param obstacle why not; null where there is a plan
     * @param takes what is known of how long it takes; {@link Phrase#NONE} for nothing
     * @param readiness how its places were when somebody looked last; null where nobody did
     */
    public record Way(
            Method method,
            @Nullable Plan plan,
            @Nullable Problem obstacle,
            Phrase takes,
            @Nullable Readiness readiness) {
        public boolean canBegin() {
            return plan != null;
        }
    }

    /**
     * Whether only the newest release is ill.
     *
     * @param is unknown where nobody saw what ran before
     */
    public record Newest(Answer is, Phrase why) {
        static Newest of(Way way, Ledger ledger, Instant now) {
            Optional<Release> current = ledger.current();
            if (current.isEmpty()) {
                return new Newest(Answer.UNKNOWN, Phrase.of("nobody has seen what runs"));
            }
            Release release = current.get();
            Instant since = release.firstSeen();
            boolean isNew = now.isBefore(since.plus(CHANGE_COUNTS_FOR));
            if (release.standing() == Release.Standing.GOOD && !isNew) {
                return new Newest(
                        Answer.NO,
                        Phrase.of(
                                "{0} runs since {1} and was proven: it hardly is the release",
                                release.name(), since));
            }
            return ledger.lastGood(release.id())
                    .map(good ->
                            new Newest(
                                    Answer.YES,
                                    Phrase.of(
                                            "{0} came at {1}, and {2} before it was proven",
                                            release.name(), since, good.name())))
                    .orElse(
                            new Newest(
                                    way.canBegin() ? Answer.UNKNOWN : Answer.NO,
                                    Phrase.of("no release before it was proven")));
        }
    }

    /** Of a question that the bot looked into. */
    public enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    public Advice {
        ways = List.copyOf(ways);
    }

    /**
     * @param ledger of the first method
     */
    static Advice of(Finding health, List<Way> ways, Ledger ledger, Instant now) {
        Way first = ways.getFirst();
        Newest newest =
                first.method().remedy().sort() == Sort.RELEASE
                        ? Newest.of(first, ledger, now)
                        : new Newest(Answer.NO, Phrase.of("no target goes back to a release"));
        if (health == Finding.WELL) {
            return new Advice(
                    health,
                    newest,
                    ways,
                    Optional.empty(),
                    Phrase.of("its checks hold: nothing here speaks for a rollback"));
        }
        Optional<Way> release = can(ways, Sort.RELEASE).filter(_ -> newest.is() == Answer.YES);
        Optional<Way> best =
                release.or(() -> can(ways, Sort.STANDBY))
                        .or(() -> can(ways, Sort.REBUILD))
                        .or(() -> can(ways, Sort.RELEASE));
        return new Advice(health, newest, ways, best, why(best, newest));
    }

    private static Optional<Way> can(List<Way> ways, Sort sort) {
        return ways.stream()
                .filter(way -> way.method().remedy().sort() == sort)
                .filter(Way::canBegin)
                .findFirst();
    }

    private static Phrase why(Optional<Way> best, Newest newest) {
        return best.map(way -> why(way, newest))
                .orElse(
                        Phrase.of(
                                "none of its methods can be begun now; what is in the way stands"
                                        + " beside each"));
    }

    private static Phrase why(Way way, Newest newest) {
        return switch (way.method().remedy().sort()) {
            case RELEASE ->
                    newest.is() == Answer.YES
                            ? Phrase.of("only the newest release is ill: {0}", newest.why())
                            : Phrase.of("nothing else can be begun now; {0}", newest.why());
            case STANDBY -> Phrase.of("a standby is there, and {0}", newest.why());
            case REBUILD -> Phrase.of("no standby is there, and {0}", newest.why());
        };
    }

    /** The first method of that sort; empty where the service has none. */
    public Optional<Way> way(Sort sort) {
        return ways.stream().filter(way -> way.method().remedy().sort() == sort).findFirst();
    }
}
