package backout.frontdesk;

import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetLock;
import backout.plan.TargetName;
import backout.report.Say;
import backout.run.Condition;
import backout.run.Freezes;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Run;
import backout.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** How the targets are, and what is under way. */
record Status(Site site, Journal journal, InstantSource clock, Predicate<TargetName> isWorkedOn) {
    Message of(Optional<Target> only) {
        var targets = only.map(List::of).orElseGet(() -> List.copyOf(site.targets().values()));
        var rows = targets.stream().map(this::row).toList();
        var blocks = new ArrayList<Block>();
        freezes()
                .own(Freeze.SITE, clock.instant())
                .map(freeze -> new Block.Text(Freezes.refusal(freeze, site).phrase()))
                .ifPresent(blocks::add);
        blocks.add(
                Block.Table.of(
                        Phrase.of("Targets"),
                        List.of(
                                Phrase.of("target"),
                                Phrase.of("runs"),
                                Phrase.of("how it is"),
                                Phrase.of("would go back to"),
                                Phrase.of("lock")),
                        rows));
        Turns.doubts(site, clock.instant()).ifPresent(blocks::add);
        reviews().ifPresent(blocks::add);
        var open = journal.open().stream().map(this::open).toList();
        blocks.add(
                new Block.Lines(
                        open.isEmpty() ? Phrase.of("No run is open") : Phrase.of("Open runs"),
                        open));
        return new Message(
                Phrase.of(
                        "{0}, {1}",
                        Phrase.count(targets.size(), "{0} target", "{0} targets"),
                        Phrase.count(open.size(), "{0} open run", "{0} open runs")),
                blocks);
    }

    /** What was begun without votes and nobody else has looked at. */
    private Optional<Block> reviews() {
        var lines =
                Glass.in(journal.read(Freeze.SITE)).stream()
                        .filter(Glass::isOpen)
                        .map(glass ->
                                new Block.Line(Block.Mark.WARNING, glass.says(), glass.toClose()))
                        .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Block.Lines(Phrase.of("To be reviewed"), lines));
    }

    private List<Phrase> row(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        Optional<Condition> last = journal.condition(target.name());
        Optional<Release> now = ledger.current();
        Phrase back = back(ledger, now.map(Release::id).orElse(""), last);
        var held = new ArrayList<Phrase>();
        ledger.lock().map(this::locked).ifPresent(held::add);
        freezes().own(target.name(), clock.instant()).map(Freeze::says).ifPresent(held::add);
        return List.of(
                target.shown(),
                now.map(release -> seen(release, last)).orElse(Phrase.of("never seen")),
                condition(last),
                back,
                Phrase.joined("; ", held));
    }

    private Phrase locked(TargetLock lock) {
        Phrase since = Say.ago(lock.since(), clock.instant());
        return lock.until() == null
                ? Phrase.of("locked by {0} {1}: {2}", lock.by(), since, lock.why())
                : Phrase.of(
                        "locked by {0} {1} until {2}: {3}",
                        lock.by(), since, lock.until(), lock.why());
    }

    private Freezes freezes() {
        return Freezes.of(journal);
    }

    /** Why nothing is good any more is said too: it may be mended by a word. */
    private Phrase back(Ledger ledger, String now, Optional<Condition> last) {
        Optional<Instant> judged = last.flatMap(Condition::judgedAt);
        return ledger.obstacle()
                .map(why -> Phrase.of("cannot be rolled back: {0}", why))
                .or(() -> ledger.lastGood(now).map(good -> back(ledger, good)))
                .map(found -> Say.looked(found, judged, clock.instant()))
                .or(() -> ledger.passedOver(now).stream().findFirst().map(Status::passedOver))
                .or(() ->
                        ledger.release(now)
                                .filter(it -> it.standing() == Release.Standing.GOOD)
                                .map(_ -> Phrase.of("no other release is known to be good")))
                .orElse(Phrase.of("nothing proven yet"));
    }

    private static Phrase back(Ledger ledger, Release good) {
        return ledger.lost(good.id()).map(why -> lost(good, why)).orElse(said(good));
    }

    private static Phrase said(Release good) {
        return good.remarks().isEmpty()
                ? Phrase.verbatim(good.name())
                : Phrase.of("{0}, {1}", good.name(), good.good());
    }

    private static Phrase lost(Release good, Phrase why) {
        return Phrase.of("nothing: of {0} {1}", good.name(), why);
    }

    private static Phrase passedOver(Release release) {
        return Phrase.of("nothing: {0} is marked bad: {1}", release.name(), release.bad());
    }

    private Phrase condition(Optional<Condition> last) {
        Phrase says = Say.condition(last, clock.instant());
        return last.map(seen -> seen.warns(clock.instant()))
                .filter(warning -> !warning.isEmpty())
                .map(warning -> Phrase.of("{0}. {1}", says, warning))
                .orElse(says);
    }

    /** What runs was seen at the last look, not when its release was noted. */
    private Phrase seen(Release release, Optional<Condition> last) {
        Phrase says = Phrase.of("{0}, {1}", release.name(), standing(release));
        Optional<Condition> its = last.filter(seen -> seen.release().equals(release.id()));
        boolean runs = its.filter(seen -> seen.isFresh(clock.instant())).isPresent();
        return runs ? says : Phrase.of("{0}, {1}", says, lastSeen(release, its));
    }

    /** Of a release in the list of all: whether it runs, else when it was seen last. */
    Phrase standing(Target target, Release release) {
        return seen(release, journal.condition(target.name()));
    }

    private Phrase lastSeen(Release release, Optional<Condition> its) {
        Instant at =
                its.map(Condition::at)
                        .filter(looked -> looked.isAfter(release.lastSeen()))
                        .orElse(release.lastSeen());
        return Phrase.of("last seen {0}", Say.ago(at, clock.instant()));
    }

    private static Phrase standing(Release release) {
        return switch (release.standing()) {
            case GOOD -> release.good();
            case BAD -> Phrase.of("BAD: {0}", release.bad());
            case NEVER_PROVEN -> Phrase.of("not proven");
        };
    }

    private Block.Line open(RunId id) {
        Run run = Run.of(journal.read(id));
        Instant now = clock.instant();
        Phrase waits =
                switch (run.next(now)) {
                    case Next.Wait(Instant until, Phrase what) ->
                            Phrase.of(
                                    "waits for {0}, {1} left", what, Duration.between(now, until));
                    case Next.Soak _ -> Phrase.of("proven, soaking");
                    case Next.Halt(Phrase why) -> Phrase.of("halted: {0}", why);
                    default ->
                            isWorkedOn.test(run.request().target())
                                    ? Phrase.of("at work")
                                    : Phrase.of(
                                            "nobody works on it; it goes on when Backout serves:"
                                                    + " bot/backout serve");
                };
        return new Block.Line(
                Block.Mark.RUNNING,
                Phrase.of("{0}  {1}, by {2}", id, run.request().words(), run.requester()),
                waits);
    }
}
