package backout.watch;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetName;
import backout.run.Condition;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Journal;
import backout.run.Offer;
import backout.run.Proposal;
import backout.run.ProposalEvent;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Proposes a rollback when a new release is unwell, and takes that back when it is well again. What
 * it goes by is in the target's own stream, so that several processes and one that was killed come
 * to one proposal.
 */
final class Proposing {
    /** Looks at different targets are up to a minute apart. */
    private static final Duration TOGETHER = Duration.ofMinutes(2);

    private final Supplier<Site> sites;
    private final Journal journal;
    private final InstantSource clock;
    private final Supplier<RunId> ids;

    Proposing(Supplier<Site> sites, Journal journal, InstantSource clock, Supplier<RunId> ids) {
        this.sites = sites;
        this.journal = journal;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * The checks were read of this release.
     *
     * @param still whether it still runs: what replaced it meanwhile may be what was felt
     */
    void saw(Target target, String release, Evidence evidence, BooleanSupplier still) {
        feel(target, release, evidence.health(), still);
        endObsolete(target, release, evidence.health());
        propose(target, evidence, true);
    }

    /** Nothing runs: of what ran that is as ill as can be. */
    void nothingRuns(Target target) {
        String last = past(target).running();
        if (last.isEmpty()) {
            return;
        }
        feel(target, last, Finding.UNWELL, () -> true);
        var row =
                new Evidence.Row(
                        "container [STATE] == running",
                        Phrase.of("nothing runs"),
                        Phrase.NONE,
                        Finding.UNWELL,
                        true,
                        "");
        propose(
                target,
                new Evidence(Finding.UNWELL, List.of(row), 1, List.of(), Duration.ZERO),
                false);
    }

    private void feel(Target target, String release, Finding health, BooleanSupplier still) {
        boolean well = health == Finding.WELL;
        boolean isNews =
                health != Finding.UNKNOWN
                        && past(target).felt().filter(felt -> felt.well() == well).isEmpty();
        if (isNews && still.getAsBoolean()) {
            journal.append(
                    target.name(), List.of(new TargetEvent.Felt(clock.instant(), release, well)));
        }
    }

    private void endObsolete(Target target, String release, Finding health) {
        offer(target.name())
                .ifPresent(run -> {
                    Proposal proposal = Proposal.of(run.request()).orElseThrow();
                    if (!proposal.release().equals(release)) {
                        end(run, Phrase.of("another release runs now, nothing was done"));
                    } else {
                        judge(run, Offer.of(run).orElseThrow(), health);
                    }
                });
    }

    /** While somebody mends it one good look is no end: what they do may take it down again. */
    private void judge(Run run, Offer offer, Finding health) {
        Instant now = clock.instant();
        if (health == Finding.WELL && !offer.isBeingMended(now)) {
            end(
                    run,
                    offer.fixed()
                            .map(fix ->
                                    Phrase.of(
                                            "the fix of {0} held since {1}, nothing was rolled"
                                                    + " back",
                                            fix.by(), fix.at()))
                            .orElse(Phrase.of("well again since {0}, nothing was done", now)));
        } else if (health == Finding.UNWELL) {
            offer.fixed()
                    .ifPresent(fix ->
                            say(
                                    run,
                                    new ProposalEvent.LeftToPeople(
                                            now,
                                            Phrase.of("the fix of {0} did not hold", fix.by()))));
        }
    }

    private void end(Run run, Phrase why) {
        say(run, new ProposalEvent.Obsolete(clock.instant(), why));
    }

    private void say(Run run, ProposalEvent event) {
        try {
            journal.append(run.id(), run.version(), List.of(event), List.of(), null);
        } catch (Journal.Overtaken somebodySpoke) {
            // the next look knows what they said
        }
    }

    private Optional<Run> offer(TargetName target) {
        return journal.holder(target)
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.request().target().equals(target))
                .filter(run -> Offer.of(run).filter(it -> !it.proposal().isAsked()).isPresent());
    }

    private void propose(Target target, Evidence evidence, boolean runs) {
        Past past = past(target);
        boolean intended = isIntended(past);
        var look = new Suspicion.Look(evidence, runs, intended, List.of());
        if (Suspicion.of(target.settings(), past, look, clock.instant())
                instanceof Suspicion.Suspect seen) {
            var whole =
                    new Suspicion.Look(evidence, runs, intended, alsoFell(target, seen.since()));
            if (Suspicion.of(target.settings(), past, whole, clock.instant())
                    instanceof Suspicion.Suspect suspect) {
                begin(target, evidence, suspect);
            }
        }
    }

    /** Others with the releases that they had, which fell at about that time. */
    private List<TargetName> alsoFell(Target target, Instant since) {
        return sites.get().targets().keySet().stream()
                .filter(other -> !other.equals(target.name()))
                .filter(other -> fellWith(Past.of(journal.read(other)), since))
                .filter(other ->
                        journal.condition(other)
                                .map(Condition::finding)
                                .filter(Finding.UNWELL::equals)
                                .isPresent())
                .toList();
    }

    private static boolean fellWith(Past other, Instant since) {
        Optional<Instant> fell = other.unwellSince();
        return fell.isPresent()
                && Duration.between(fell.get(), since).abs().compareTo(TOGETHER) <= 0
                && other.changed()
                        .filter(at -> fell.get().isBefore(at.plus(Suspicion.CHANGE_COUNTS_FOR)))
                        .isEmpty();
    }

    /**
     * The intent comes first, and the first intent counts: whoever is killed in between, or comes
     * second, begins that very run.
     */
    private void begin(Target target, Evidence evidence, Suspicion.Suspect suspect) {
        Optional<CommandSpec> command = command(target);
        if (command.isEmpty() || isHeld(target.name())) {
            return;
        }
        if (!isIntended(past(target))) {
            var intent = new TargetEvent.Proposed(clock.instant(), ids.get().text());
            journal.append(target.name(), List.of(intent));
        }
        Past past = past(target);
        String run = past.proposed().orElseThrow().run();
        Ledger ledger = Ledger.of(journal.read(target.name()));
        var proposal =
                new Proposal(
                        past.running(),
                        ledger.release(past.running()).map(Release::name).orElse(past.running()),
                        suspect.since(),
                        suspect.changed(),
                        evidence.illness(),
                        evidence.log(),
                        suspect.doubt(),
                        suspect.countdown());
        var _ = journal.begin(requested(new RunId(run), target.name(), command.get(), proposal));
    }

    private boolean isIntended(Past past) {
        return past.proposed()
                .filter(intent -> !past.mayPropose(clock.instant()))
                .filter(intent -> journal.read(new RunId(intent.run())).isEmpty())
                .isPresent();
    }

    private boolean isHeld(TargetName target) {
        return journal.holder(target).isPresent();
    }

    private RunEvent.Requested requested(
            RunId id, TargetName target, CommandSpec command, Proposal proposal) {
        return new RunEvent.Requested(
                clock.instant(),
                id,
                "proposal:" + id,
                Proposal.NOBODY,
                target,
                command.name(),
                command.name() + " " + target.name(),
                "",
                Map.of("target", target.name()),
                "",
                "",
                List.of(),
                proposal);
    }

    private Optional<CommandSpec> command(Target target) {
        return sites.get().commands().stream()
                .filter(CommandSpec::isRollback)
                .filter(spec -> spec.kind().equals(target.name().kind()))
                .findFirst();
    }

    private Past past(Target target) {
        return Past.of(journal.read(target.name()));
    }
}
