package backout.frontdesk;

import backout.chat.Block;
import backout.chat.Message;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Target;
import backout.report.Card;
import backout.report.Say;
import backout.run.Journal;
import backout.run.Next;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunId;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers to questions: help, status, history, a plan that nobody runs. */
final class Answers {
    private static final int RECENT_RUNS = 20;

    private final Site site;
    private final Journal journal;
    private final InstantSource clock;

    Answers(Site site, Journal journal, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
    }

    static Message line(Phrase text) {
        return new Message(text, List.of(new Block.Text(text)));
    }

    static Message lines(Phrase text, List<Phrase> more) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Text(text));
        more.forEach(line -> blocks.add(new Block.Text(line)));
        return new Message(text, blocks);
    }

    Map<String, String> usages() {
        var usages = new LinkedHashMap<String, String>();
        site.commands().forEach(command -> usages.put(command.name(), command.words().text()));
        return usages;
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

    Message plan(Plan plan) {
        return Card.ofPlan(plan);
    }

    Message status(Optional<Target> only) {
        var targets = only.map(List::of).orElseGet(() -> List.copyOf(site.targets().values()));
        var rows = targets.stream().map(this::row).toList();
        var blocks = new ArrayList<Block>();
        blocks.add(
                new Block.Table(
                        Phrase.of("Targets"),
                        List.of(
                                Phrase.of("target"),
                                Phrase.of("last seen"),
                                Phrase.of("would go back to"),
                                Phrase.of("lock")),
                        rows));
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

    private List<Phrase> row(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        Optional<Release> now = ledger.releases().stream().findFirst();
        Phrase back = back(ledger, now.map(Release::id).orElse(""));
        Phrase lock =
                ledger.lock()
                        .map(locked ->
                                Phrase.of(
                                        "locked by {0} {1}: {2}",
                                        locked.by(),
                                        Say.ago(locked.since(), clock.instant()),
                                        locked.why()))
                        .orElse(Phrase.NONE);
        return List.of(
                Phrase.verbatim(target.name().toString()),
                now.map(this::seen).orElse(Phrase.of("never seen")),
                back,
                lock);
    }

    /** Why nothing is good any more is said too: it may be mended by a word. */
    private static Phrase back(Ledger ledger, String now) {
        return ledger.obstacle()
                .map(why -> Phrase.of("cannot be rolled back: {0}", why))
                .or(() -> ledger.lastGood(now).map(good -> back(ledger, good)))
                .or(() -> ledger.passedOver(now).stream().findFirst().map(Answers::passedOver))
                .orElse(Phrase.of("nothing proven yet"));
    }

    private static Phrase back(Ledger ledger, Release good) {
        return ledger.lost(good.id()).map(why -> lost(good, why)).orElse(said(good));
    }

    private static Phrase said(Release good) {
        return good.remarks().isEmpty()
                ? Phrase.verbatim(good.name())
                : Phrase.of("{0}, but {1}", good.name(), remarks(good));
    }

    private static Phrase lost(Release good, Phrase why) {
        return Phrase.of("nothing: of {0} {1}", good.name(), why);
    }

    private static Phrase passedOver(Release release) {
        return Phrase.of("nothing: {0} is marked bad: {1}", release.name(), release.bad());
    }

    private static Phrase remarks(Release release) {
        return Say.check(Phrase.joined("; ", release.remarks()));
    }

    private Phrase seen(Release release) {
        return Phrase.of("{0}, {1}", release.name(), standing(release));
    }

    private Phrase standing(Release release) {
        Phrase standing =
                switch (release.standing()) {
                    case GOOD ->
                            release.remarks().isEmpty()
                                    ? Phrase.of("good")
                                    : Phrase.of("good, but {0}", remarks(release));
                    case BAD -> Phrase.of("BAD: {0}", release.bad());
                    case NEVER_PROVEN -> Phrase.of("not proven");
                };
        return Phrase.of("{0}, {1}", standing, Say.ago(release.lastSeen(), clock.instant()));
    }

    private Block.Line open(RunId id) {
        Run run = Run.of(journal.read(id));
        Instant now = clock.instant();
        Phrase waits =
                switch (run.next(now)) {
                    case Next.Wait(Instant until, Phrase what) ->
                            Phrase.of(
                                    "waits for {0}, {1} left",
                                    what, java.time.Duration.between(now, until));
                    case Next.Soak _ -> Phrase.of("proven, soaking");
                    case Next.Halt(Phrase why) -> Phrase.of("halted: {0}", why);
                    default -> Phrase.of("at work");
                };
        return new Block.Line(
                Block.Mark.RUNNING,
                Phrase.of("{0}  {1}, by {2}", id, run.request().words(), run.requester()),
                waits);
    }

    Message history(Optional<Target> only) {
        var blocks = new ArrayList<Block>();
        var runs =
                journal.recent(RECENT_RUNS).stream()
                        .map(id -> Run.of(journal.read(id)))
                        .filter(run ->
                                only.map(target -> run.request().target().equals(target.name()))
                                        .orElse(true))
                        .map(this::row)
                        .toList();
        blocks.add(
                new Block.Table(
                        Phrase.of("Runs"),
                        List.of(
                                Phrase.of("run"),
                                Phrase.of("when"),
                                Phrase.of("who"),
                                Phrase.of("what"),
                                Phrase.of("outcome")),
                        runs));
        only.ifPresent(target -> blocks.add(releases(target)));
        return new Message(Phrase.count(runs.size(), "{0} run", "{0} runs"), blocks);
    }

    private List<Phrase> row(Run run) {
        return List.of(
                Phrase.verbatim(run.id().text()),
                Say.ago(run.request().at(), clock.instant()),
                Phrase.verbatim(run.requester()),
                Phrase.verbatim(run.request().words()),
                run.outcome().map(outcome -> outcome(outcome.result())).orElse(Phrase.of("open")));
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

    private Block releases(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        var rows =
                ledger.releases().stream()
                        .map(release ->
                                List.of(
                                        Phrase.verbatim(release.name()),
                                        Phrase.verbatim(release.shortId()),
                                        Phrase.verbatim(release.image()),
                                        standing(release)))
                        .toList();
        return new Block.Table(
                Phrase.of("Releases of {0}", target.name()),
                List.of(
                        Phrase.of("release"),
                        Phrase.of("id"),
                        Phrase.of("image"),
                        Phrase.of("standing")),
                rows);
    }
}
