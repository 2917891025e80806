package backout.report;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.TargetEvent;
import backout.plan.TargetName;

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
            case TargetEvent.Warned warned -> Optional.of(warned.says());
            case TargetEvent.Seen _,
                    TargetEvent.FoundGood _,
                    TargetEvent.FilesKept _,
                    TargetEvent.LookedFor _,
                    TargetEvent.Felt _,
                    TargetEvent.Proposed _,
                    TargetEvent.WentBack _,
                    TargetEvent.MarkedBad _,
                    TargetEvent.Cleared _,
                    TargetEvent.Locked _,
                    TargetEvent.Unlocked _ ->
                    Optional.empty();
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
