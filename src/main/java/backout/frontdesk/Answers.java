package backout.frontdesk;

import backout.chat.Block;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.report.Say;
import backout.run.Estimates;
import backout.run.GlassBroken;
import backout.run.Journal;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers to questions: help, status, history, a plan that nobody runs. */
final class Answers {
    private static final int RECENT_RUNS = 20;

    private final Site site;
    private final Journal journal;
    private final InstantSource clock;
    private final Status status;

    Answers(Site site, Journal journal, InstantSource clock, Predicate<TargetName> isWorkedOn) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
        this.status = new Status(site, journal, clock, isWorkedOn);
    }

    static Message lines(Phrase text, List<Phrase> more) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Text(text));
        more.forEach(line -> blocks.add(new Block.Text(line)));
        return new Message(text, blocks);
    }

    Message help(Invocation invocation) {
        Optional<CommandSpec> about =
                invocation
                        .value("command")
                        .flatMap(name ->
                                site.commands().stream()
                                        .filter(spec -> spec.name().equals(name))
                                        .findFirst());
        var help = new Help(site);
        return about.map(help::of).orElseGet(help::all);
    }

    Message status(Optional<Target> only) {
        return status.of(only);
    }

    /** Whose work the checks of a target may see half done; nothing where nobody works on it. */
    Phrase underWay(Target target) {
        return journal.open().stream()
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> run.request().isAbout(target.name()) && run.hasBegunSwitch())
                .findFirst()
                .map(run -> Phrase.of("Run {0} is at work on it.", run.id()))
                .orElse(Phrase.NONE);
    }

    Message onCall() {
        return new Turns(site, clock).now();
    }

    Message history(RunFilter wanted) {
        return history(wanted, RECENT_RUNS);
    }

    Message history(RunFilter wanted, int most) {
        var blocks = new ArrayList<Block>();
        var runs = new History(journal).runs(wanted, most).stream().map(this::row).toList();
        blocks.add(
                Block.Table.of(
                        Phrase.of("Runs"),
                        List.of(
                                Phrase.of("run"),
                                Phrase.of("when"),
                                Phrase.of("who"),
                                Phrase.of("what"),
                                Phrase.of("outcome")),
                        runs));
        wanted.target()
                .flatMap(site::target)
                .ifPresent(target -> {
                    blocks.add(releases(target));
                    new Estimates(site, journal)
                            .of(target.name())
                            .map(says -> Phrase.of("A rollback takes: {0}", says))
                            .ifPresent(says -> blocks.add(new Block.Text(says)));
                });
        return new Message(Phrase.count(runs.size(), "{0} run", "{0} runs"), blocks);
    }

    private List<Phrase> row(Run run) {
        return List.of(
                Phrase.verbatim(run.id().text()),
                Say.ago(run.request().at(), clock.instant()),
                Phrase.verbatim(run.requester()),
                words(run.request()),
                GlassBroken.of(run).isPresent()
                        ? Phrase.of("{0}, without votes", end(run))
                        : end(run));
    }

    private static Phrase end(Run run) {
        return run.outcome().map(outcome -> outcome(outcome.result())).orElse(Phrase.of("open"));
    }

    private Phrase words(RunEvent.Requested request) {
        Phrase said = Phrase.verbatim(request.words());
        return site.target(request.target()).map(target -> target.on(said)).orElse(said);
    }

    private static Phrase outcome(Outcome.Result result) {
        return switch (result) {
            case PROVEN -> Phrase.of("proven");
            case UNDONE -> Phrase.of("undone");
            case KEPT -> Phrase.of("kept");
            case NOTHING_CHANGED -> Phrase.of("nothing changed");
            case UNDO_FAILED -> Phrase.of("undo failed");
            case NOT_APPROVED -> Phrase.of("not approved");
            case UNKNOWN -> Phrase.of("unknown");
        };
    }

    private Phrase standing(Target target, Ledger ledger, Release release) {
        Phrase standing = status.standing(target, release);
        return ledger.deployed(release)
                .map(told ->
                        Phrase.of(
                                "{0}; deployed by {1}, {2}",
                                standing, told.by(), Say.ago(told.at(), clock.instant())))
                .orElse(standing);
    }

    private Block releases(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        var rows =
                ledger.releases().stream()
                        .map(release ->
                                List.of(
                                        Phrase.verbatim(release.name()),
                                        Phrase.verbatim(release.shortId()),
                                        Phrase.verbatim(release.source()),
                                        standing(target, ledger, release)))
                        .toList();
        return Block.Table.of(
                Phrase.of("Releases of {0}", target.shown()),
                List.of(
                        Phrase.of("release"),
                        Phrase.of("id"),
                        Phrase.of("image"),
                        Phrase.of("standing")),
                rows);
    }
}
