package backout.report;

import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

import java.util.List;
import java.util.Optional;

/** What everybody is told of a target beside its runs: what a person said of it, and warnings. */
final class Heard {
    private static final String NOBODY = "backout";

    private Heard() {}

    /** Empty for what no person said, or said by a run that tells it itself. */
    static Optional<Phrase> of(TargetName target, Ledger ledger, TargetEvent event) {
        return switch (event) {
            case TargetEvent.MarkedBad bad when bad.said() ->
                    Optional.of(
                            Phrase.of(
                                    "{0}: release {1} is marked bad, said {2}: {3}",
                                    target,
                                    name(ledger, bad.id()),
                                    who(bad.by(), bad.via()),
                                    bad.why()));
            case TargetEvent.Cleared good when !good.by().equals(NOBODY) ->
                    Optional.of(
                            Phrase.of(
                                    "{0}: release {1} is good, said {2}: {3}",
                                    target,
                                    name(ledger, good.id()),
                                    who(good.by(), good.via()),
                                    good.why()));
            case TargetEvent.Unlocked open when !open.by().equals(NOBODY) ->
                    Optional.of(
                            open.why().isEmpty()
                                    ? Phrase.of(
                                            "{0} may go forward again, said {1}",
                                            target, who(open.by(), open.via()))
                                    : Phrase.of(
                                            "{0} may go forward again, said {1}: {2}",
                                            target, who(open.by(), open.via()), open.why()));
            case TargetEvent.Locked lock when lock.run().isEmpty() ->
                    Optional.of(locked(target, lock));
            case TargetEvent.Frozen it ->
                    Freeze.in(target, List.of(it))
                            .map(freeze -> Whence.after(freeze.says(), it.via()));
            case TargetEvent.Thawed open -> Optional.of(thawed(target, open));
            case TargetEvent.GlassBroken it -> Optional.of(broken(it));
            case TargetEvent.GlassReviewed it ->
                    Optional.of(
                            Phrase.of(
                                    "run {0}, which began without its votes, is reviewed, said"
                                            + " {1}: {2}",
                                    it.run(), who(it.by(), it.via()), it.why()));
            case TargetEvent.Warned warned -> Optional.of(warned.says());
            case TargetEvent.Reminded reminder -> Optional.of(reminder.says());
            case TargetEvent.StandbySeen seen ->
                    Optional.of(Phrase.of("Standby of {0}: {1}", target, seen.readiness().says()));
            case TargetEvent.Seen _,
                    TargetEvent.FoundGood _,
                    TargetEvent.FilesKept _,
                    TargetEvent.LookedFor _,
                    TargetEvent.Felt _,
                    TargetEvent.Deployed _,
                    TargetEvent.Proposed _,
                    TargetEvent.WentBack _,
                    TargetEvent.BannerLifted _,
                    TargetEvent.Ticked _,
                    TargetEvent.SuiteBegan _,
                    TargetEvent.SuiteEnded _,
                    TargetEvent.MarkedBad _,
                    TargetEvent.Cleared _,
                    TargetEvent.Locked _,
                    TargetEvent.Unlocked _ ->
                    Optional.empty();
        };
    }

    private static Phrase locked(TargetName target, TargetEvent.Locked lock) {
        Phrase by = who(lock.by(), lock.via());
        return lock.until() == null
                ? Phrase.of("{0} is locked, said {1}: {2}", target, by, lock.why())
                : Phrase.of(
                        "{0} is locked until {1}, said {2}: {3}",
                        target, lock.until(), by, lock.why());
    }

    private static Phrase broken(TargetEvent.GlassBroken it) {
        return Phrase.of(
                "BREAK-GLASS: {0} is rolled back without the missing votes (run {1}), said {2}:"
                        + " {3}",
                it.target(), it.run(), who(it.by(), it.via()), it.reason());
    }

    private static Phrase thawed(TargetName target, TargetEvent.Thawed open) {
        Phrase what =
                target.equals(Freeze.SITE)
                        ? Phrase.of("the whole site")
                        : Phrase.verbatim(target.toString());
        Phrase by = who(open.by(), open.via());
        return open.why().isEmpty()
                ? Phrase.of("{0} is no longer frozen, said {1}", what, by)
                : Phrase.of("{0} is no longer frozen, said {1}: {2}", what, by, open.why());
    }

    /** What kind of event that is. */
    static Happening happening(TargetEvent event) {
        return switch (event) {
            case TargetEvent.MarkedBad _, TargetEvent.Cleared _ -> Happening.MARK;
            case TargetEvent.Warned _ -> Happening.PROBLEM;
            case TargetEvent.StandbySeen _ -> Happening.STANDBY;
            default -> Happening.LOCK;
        };
    }

    /** At the host anybody may type anybody's name, so the way it came is told. */
    private static Phrase who(String by, String via) {
        return Whence.after(Phrase.verbatim(by), via);
    }

    private static String name(Ledger ledger, String id) {
        return ledger.release(id).map(Release::name).orElse(id);
    }
}
