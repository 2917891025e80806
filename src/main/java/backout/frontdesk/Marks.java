package backout.frontdesk;

import backout.approval.Person;
import backout.language.Phrase;
import backout.plan.Banner;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Kindred;
import backout.run.Run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people say of a target beside its runs: that it may go forward again, that a release is good
 * or bad. A person's word outweighs what checks and runs made of it.
 */
final class Marks {
    private final Journal journal;
    private final Targets targets;
    private final Missing missing;
    private final InstantSource clock;

    Marks(Journal journal, Targets targets, Missing missing, InstantSource clock) {
        this.journal = journal;
        this.targets = targets;
        this.missing = missing;
        this.clock = clock;
    }

    /** Good or bad, as it was chosen. */
    Reply take(Person person, String via, Said said) {
        Optional<Reply> ask = missing.ofMark(said.invocation());
        if (ask.isPresent()) {
            return ask.get();
        }
        Target target = targets.anyOrOnly(said.invocation().value("target"));
        String release = said.value("release");
        return said.value("choice").equals("good")
                ? good(person, via, target, release, said.value("reason"))
                : bad(person, via, target, release, said.value("reason"));
    }

    Reply unlock(Person person, String via, Target target, String reason) {
        Ledger ledger = ledger(target);
        Optional<Phrase> marked = marked(target, ledger);
        if (ledger.lock().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("{0} is not locked", target.name()), marked.orElse(Phrase.NONE));
        }
        journal.append(
                target.name(),
                List.of(
                        new TargetEvent.Unlocked(
                                clock.instant(), person.name(), Phrase.verbatim(reason), via)));
        Phrase done = Phrase.of("{0} may go forward again, said {1}", target.name(), person.name());
        return told(target, done, marked.stream().toList());
    }

    /** Users see no banner any more; nothing else changes. */
    Reply lift(Person person, String via, Target target) {
        if (Banner.upSince(journal.read(target.name())).isEmpty()) {
            throw Problem.stop(
                    Phrase.of("{0} has no banner", target.name()),
                    Phrase.of("while a run switches it, its banner goes when that is over"));
        }
        journal.append(
                target.name(),
                List.of(new TargetEvent.BannerLifted(clock.instant(), person.name(), via)));
        return told(
                target,
                Phrase.of("the banner of {0} is down, said {1}", target.name(), person.name()),
                List.of());
    }

    /** The mark that the next deploy would meet: on what runs, else on what was rolled back. */
    private Optional<Phrase> marked(Target target, Ledger ledger) {
        Optional<Release> running = ledger.current();
        return running.filter(Marks::isBad)
                .map(release ->
                        Phrase.of(
                                "it runs {0}, which is marked bad: {1}; if it is not, say: mark"
                                        + " good {2} of {3} because REASON",
                                release.name(),
                                release.bad(),
                                ledger.sayable(release),
                                target.name().name()))
                .or(() ->
                        rolledBackFrom(target, ledger)
                                .filter(Marks::isBad)
                                .map(release -> stays(target, ledger, release)));
    }

    private static Phrase stays(Target target, Ledger ledger, Release release) {
        return Phrase.of(
                "{0} stays marked bad ({1}) until it runs and its checks have held for {2}, or"
                        + " somebody says: mark good {3} of {4} because REASON",
                release.name(),
                release.bad(),
                target.goodAfter(),
                ledger.sayable(release),
                target.name().name());
    }

    private static boolean isBad(Release release) {
        return release.standing() == Release.Standing.BAD;
    }

    private Optional<Release> rolledBackFrom(Target target, Ledger ledger) {
        return Kindred.behindLock(ledger, journal, target.name())
                .flatMap(moved -> ledger.release(moved.from().identity()));
    }

    /** That a release is good is a person's word until its checks have held. */
    Reply good(Person person, String via, Target target, String named, String reason) {
        Ledger ledger = ledger(target);
        Release release = release(target, ledger, named);
        if (release.standing() == Release.Standing.GOOD && release.remarks().isEmpty()) {
            throw Problem.stop(
                    Phrase.of("release {0} of {1} is good already", release.name(), target.name()),
                    Phrase.of("see: history {0}", target.name().name()));
        }
        Instant now = clock.instant();
        Phrase why = Phrase.verbatim(reason);
        var about = new ArrayList<TargetEvent>();
        about.add(new TargetEvent.Cleared(now, release.id(), person.name(), why, via));
        if (release.goodSince() == null || !release.remarks().isEmpty()) {
            Phrase remark = Phrase.of("{0} said so: {1}", person.name(), reason);
            about.add(
                    new TargetEvent.FoundGood(
                            now, release.id(), release.version(), List.of(remark)));
        }
        journal.append(target.name(), about);
        Phrase done =
                Phrase.of(
                        "release {0} of {1} is good, said {2}",
                        release.name(), target.name(), person.name());
        return told(target, done, List.of(next(target)));
    }

    Reply bad(Person person, String via, Target target, String named, String reason) {
        Release release = release(target, ledger(target), named);
        journal.append(
                target.name(),
                List.of(
                        new TargetEvent.MarkedBad(
                                clock.instant(),
                                release.id(),
                                Phrase.verbatim(reason),
                                person.name(),
                                true,
                                via)));
        Phrase done =
                Phrase.of(
                        "release {0} of {1} is marked bad, said {2}",
                        release.name(), target.name(), person.name());
        var more = new ArrayList<>(runsTo(target, release));
        more.add(next(target));
        return told(target, done, more);
    }

    /** A plan that was made before goes there all the same. */
    private List<Phrase> runsTo(Target target, Release release) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.request().isAbout(target.name()))
                .filter(run -> !run.hasBegunSwitch())
                .filter(run ->
                        run.planned()
                                .filter(planned ->
                                        planned.plan().to().identity().equals(release.id()))
                                .isPresent())
                .map(run ->
                        Phrase.of(
                                "run {0} is to go back to it all the same; stop it with: deny {1}",
                                run.id(), run.id()))
                .toList();
    }

    /** What people mark releases for: where the next rollback goes. */
    private Phrase next(Target target) {
        Ledger ledger = ledger(target);
        String current = ledger.releases().getFirst().id();
        return ledger.lastGood(current)
                .map(good -> Phrase.of("the next rollback chooses {0}", good.name()))
                .orElse(Phrase.of("the next rollback finds none that is good, and asks for one"));
    }

    private Release release(Target target, Ledger ledger, String named) {
        List<Release> meant = ledger.called(named);
        if (meant.size() == 1) {
            return meant.getFirst();
        }
        if (meant.size() > 1) {
            throw refused(
                    target,
                    Phrase.of("several releases are called {0}", named),
                    Phrase.of(
                            "name its id: {0}",
                            Phrase.list(meant.stream().map(Release::shortId).toList())));
        }
        List<String> known = ledger.releases().stream().map(ledger::sayable).distinct().toList();
        Phrase all =
                known.isEmpty() ? Phrase.of("known: none yet") : Phrase.of("known: {0}", known);
        throw refused(
                target,
                Phrase.of("there is no release \"{0}\" of it", backout.problem.Shown.of(named)),
                Nearest.to(named, known)
                        .map(near -> Phrase.of("did you mean {0}? {1}", near, all))
                        .orElse(all));
    }

    private static ProblemException refused(Target target, Phrase what, Phrase next) {
        return Problem.stop(what, target.name().toString(), next);
    }

    private Ledger ledger(Target target) {
        return Ledger.of(journal.read(target.name()));
    }

    private static Reply told(Target target, Phrase done, List<Phrase> more) {
        return new Reply.OfTarget(target.name(), Answers.lines(done, more));
    }
}
