package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.command.CommandLine;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.RunEvent;
import backout.run.RunId;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Takes what people say, of every face. Nothing it does waits for the world: it reads, decides and
 * journals.
 */
public final class FrontDesk {
    private final Site site;
    private final Journal journal;
    private final CommandLine commands;
    private final Targets targets;
    private final Voices voices;
    private final Answers answers;
    private final BiFunction<Target, Invocation, Plan> draft;
    private final InstantSource clock;
    private final Supplier<RunId> ids;

    /** The plan command asks {@code draft} for a plan without a run; {@code ids} names new runs. */
    public FrontDesk(
            Site site,
            Journal journal,
            BiFunction<Target, Invocation, Plan> draft,
            InstantSource clock,
            Supplier<RunId> ids) {
        this.site = site;
        this.journal = journal;
        this.commands = new CommandLine(site.commands());
        this.targets = new Targets(site);
        this.voices = new Voices(site, journal, clock);
        this.answers = new Answers(site, journal, clock);
        this.draft = draft;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Understands, looks whether this person may, and does it. Asked twice with the same delivery
     * it is done once.
     *
     * @throws ProblemException when it is refused; nothing was done
     */
    public Reply take(ChatRequest.Typed typed) {
        Person person = site.person(typed.person());
        Invocation invocation = commands.read(typed.text());
        mayLevel(person, invocation.command());
        return switch (invocation.command().does()) {
            case "rollback" -> begin(typed, person, invocation);
            case "plan" ->
                    new Reply.Told(answers.plan(plan(invocation.value("command").orElseThrow())));
            case "help" -> new Reply.Told(answers.help(invocation));
            case "status" -> new Reply.Told(status(invocation.value("target")));
            case "history" -> new Reply.Told(history(invocation.value("target")));
            case "confirm" -> voices.confirm(person, run(invocation));
            case "approve" -> voices.vote(person, run(invocation), true, reason(invocation));
            case "deny" -> voices.vote(person, run(invocation), false, reason(invocation));
            case "cancel" -> voices.cancel(person, run(invocation), reason(invocation));
            case "undo" ->
                    voices.answer(
                            person, run(invocation), RunEvent.Answer.UNDO, reason(invocation));
            case "keep" ->
                    voices.answer(
                            person, run(invocation), RunEvent.Answer.KEEP, reason(invocation));
            case "unlock" ->
                    voices.unlock(
                            person,
                            targets.any(invocation.value("target").orElseThrow()),
                            reason(invocation));
            default ->
                    throw new IllegalStateException(
                            "loading refuses a command that does " + invocation.command().does());
        };
    }

    private void mayLevel(Person person, CommandSpec command) {
        if (person.level() >= command.level()) {
            return;
        }
        var who =
                site.people().values().stream()
                        .filter(other -> other.level() >= command.level())
                        .map(Person::name)
                        .toList();
        throw new ProblemException(
                new Problem(
                        "\""
                                + command.name()
                                + "\" is for L"
                                + command.level()
                                + " and above, "
                                + person.name()
                                + " is L"
                                + person.level(),
                        "",
                        "ask one of: " + String.join(", ", who)));
    }

    private Reply begin(ChatRequest.Typed typed, Person person, Invocation invocation) {
        Target target = targets.of(invocation);
        var requested =
                new RunEvent.Requested(
                        clock.instant(),
                        ids.get(),
                        typed.delivery(),
                        person.name(),
                        target.name(),
                        invocation.command().name(),
                        typed.text().strip(),
                        reason(invocation),
                        invocation.values());
        return switch (journal.begin(requested)) {
            case Journal.Begun.New(RunId run) -> new Reply.OfRun(run, "run " + run + " began");
            case Journal.Begun.Same(RunId run) ->
                    new Reply.OfRun(run, "that is run " + run + " already");
            case Journal.Begun.Held(RunId run) -> throw voices.held(target, run);
        };
    }

    private Plan plan(String words) {
        Wanted wanted = wanted(words);
        return draft.apply(wanted.target(), wanted.invocation());
    }

    /** A rollback that somebody has in mind: understood, and its target found. */
    public record Wanted(Target target, Invocation invocation) {}

    /**
     * Understands a rollback's words without doing anything.
     *
     * @throws ProblemException when they are not understood
     */
    public Wanted wanted(String words) {
        Invocation invocation = commands.read(words);
        if (!invocation.command().isRollback()) {
            throw new ProblemException(
                    Problem.of(
                            "\"" + invocation.command().name() + "\" makes no plan",
                            "name a rollback: plan compose TARGET"));
        }
        return new Wanted(targets.of(invocation), invocation);
    }

    /**
     * What runs and what is under way; of one target where one is named.
     *
     * @throws ProblemException when there is no such target
     */
    public Message status(Optional<String> target) {
        return answers.status(target.map(targets::any));
    }

    /**
     * The last runs; with a target's name its releases too.
     *
     * @throws ProblemException when there is no such target
     */
    public Message history(Optional<String> target) {
        return answers.history(target.map(targets::any));
    }

    private RunId run(Invocation invocation) {
        return voices.run(invocation.value("run").orElseThrow());
    }

    private static String reason(Invocation invocation) {
        return invocation.value("reason").orElse("");
    }

    /** What a face needs to complete words: commands with how they are written. */
    public Map<String, String> usages() {
        return answers.usages();
    }
}
