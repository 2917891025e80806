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

    static Message line(String text) {
        return new Message(text, List.of(new Block.Text(text)));
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
        if (about.isPresent()) {
            return help(about.get());
        }
        var rows =
                site.commands().stream()
                        .map(spec -> List.of(usage(spec), spec.says(), "L" + spec.level()))
                        .toList();
        return new Message(
                Phrase.of("What can be said"),
                List.of(
                        new Block.Table(
                                Phrase.of("Commands"), List.of("say", "it will", "from"), rows)));
    }

    private Message help(CommandSpec spec) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Heading(usage(spec)));
        blocks.add(
                new Block.Text(Phrase.of("{0}. For L{1} and above.", spec.says(), spec.level())));
        if (spec.isRollback()) {
            var targets =
                    site.targetsOf(spec.kind()).stream()
                            .map(target -> target.name().name())
                            .toList();
            blocks.add(
                    new Block.Text(
                            Phrase.of(
                                    "Targets: {0}",
                                    (targets.isEmpty()
                                            ? Phrase.of("none")
                                            : Phrase.list(targets)))));
        }
        return new Message(usage(spec), blocks);
    }

    private static String usage(CommandSpec spec) {
        return (spec.name() + " " + spec.words().text()).strip();
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
                        List.of("target", "last seen", "would go back to", "lock"),
                        rows));
        var open = journal.open().stream().map(this::open).toList();
        blocks.add(
                new Block.Lines(
                        open.isEmpty() ? Phrase.of("No run is open") : Phrase.of("Open runs"),
                        open));
        return new Message(
                Phrase.of("{0} targets, {1} open runs", targets.size(), open.size()), blocks);
    }

    private List<String> row(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        Optional<Release> now = ledger.releases().stream().findFirst();
        String back =
                now.flatMap(release -> ledger.lastGood(release.id()))
                        .map(Release::name)
                        .orElse("nothing proven yet");
        String lock =
                ledger.lock()
                        .map(locked ->
                                "locked by "
                                        + locked.by()
                                        + " "
                                        + Say.ago(locked.since(), clock.instant())
                                        + ": "
                                        + locked.why())
                        .orElse("");
        return List.of(
                target.name().toString(), now.map(this::seen).orElse("never seen"), back, lock);
    }

    private String seen(Release release) {
        return release.name() + ", " + standing(release);
    }

    private String standing(Release release) {
        String standing =
                switch (release.standing()) {
                    case GOOD -> "good";
                    case BAD -> "BAD: " + release.bad();
                    case NEVER_PROVEN -> "not proven";
                };
        return standing + ", " + Say.ago(release.lastSeen(), clock.instant());
    }

    private Block.Line open(RunId id) {
        Run run = Run.of(journal.read(id));
        Instant now = clock.instant();
        String waits =
                switch (run.next(now)) {
                    case Next.Wait(Instant until, String what) ->
                            "waits for "
                                    + what
                                    + ", "
                                    + Say.duration(java.time.Duration.between(now, until))
                                    + " left";
                    case Next.Soak _ -> "proven, soaking";
                    case Next.Halt(String why) -> "halted: " + why;
                    default -> "at work";
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
                        Phrase.of("Runs"), List.of("run", "when", "who", "what", "outcome"), runs));
        only.ifPresent(target -> blocks.add(releases(target)));
        return new Message(Say.count(runs.size(), "run"), blocks);
    }

    private List<String> row(Run run) {
        return List.of(
                run.id().text(),
                Say.ago(run.request().at(), clock.instant()),
                run.requester(),
                run.request().words(),
                run.outcome()
                        .map(outcome ->
                                outcome.result()
                                        .name()
                                        .toLowerCase(java.util.Locale.ROOT)
                                        .replace('_', ' '))
                        .orElse("open"));
    }

    private Block releases(Target target) {
        Ledger ledger = Ledger.of(journal.read(target.name()));
        var rows =
                ledger.releases().stream()
                        .map(release ->
                                List.of(
                                        release.name(),
                                        release.shortId(),
                                        release.image(),
                                        standing(release)))
                        .toList();
        return new Block.Table(
                Phrase.of("Releases of {0}", target.name()),
                List.of("release", "id", "image", "standing"),
                rows);
    }
}
