package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.chat.Press;
import backout.command.CommandLine;
import backout.command.CommandSpec;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.ByHand;
import backout.report.Card;
import backout.run.Journal;
import backout.run.ProposalEvent.Pause;
import backout.run.Run;
import backout.run.RunEvent.Answer;
import backout.run.RunId;
import backout.run.Scout;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Takes what people say, of every face. Nothing it does waits for the world: it reads, decides and
 * journals.
 */
public final class FrontDesk {
    private final Site site;
    private final Journal journal;
    private final Understood understood;
    private final Targets targets;
    private final Voices voices;
    private final Proposals proposals;
    private final OnIt onIt;
    private final Holds holds;
    private final Unvoting unvoting;
    private final Marks marks;
    private final Locks locks;
    private final Missing missing;
    private final Pointed pointed;
    private final Answers answers;
    private final Beginnings beginnings;
    private final Programs programs;
    private final Forwards forwards;
    private final ConsoleLinks links;
    private final Looks looks;
    private final Decisions decisions;
    private final Checking checking;
    private final InstantSource clock;
    private final Supplier<RunId> ids;
    private final Predicate<TargetName> isWorkedOn;
    private final Origin origin;

    /**
     * {@code scout} looks without a run, {@code ids} names new runs, {@code isWorkedOn} tells
     * whether a process that lives works on a target.
     */
    public FrontDesk(
            Site site,
            Journal journal,
            Scout scout,
            InstantSource clock,
            Supplier<RunId> ids,
            Predicate<TargetName> isWorkedOn,
            Origin origin) {
        this(site, journal, scout, clock, ids, isWorkedOn, origin, ConsoleLinks.NONE);
    }

    /** The same, with links into the console. */
    public FrontDesk(
            Site site,
            Journal journal,
            Scout scout,
            InstantSource clock,
            Supplier<RunId> ids,
            Predicate<TargetName> isWorkedOn,
            Origin origin,
            ConsoleLinks links) {
        this(site, journal, new Looks(scout), clock, ids, isWorkedOn, origin, links);
    }

    private FrontDesk(
            Site site,
            Journal journal,
            Looks looks,
            InstantSource clock,
            Supplier<RunId> ids,
            Predicate<TargetName> isWorkedOn,
            Origin origin,
            ConsoleLinks links) {
        this.site = site;
        this.journal = journal;
        this.targets = new Targets(site);
        var commands = new CommandLine(site.commands());
        this.understood = new Understood(commands, targets);
        this.voices = new Voices(site, journal, clock, isWorkedOn);
        this.proposals = new Proposals(site, journal, voices, clock);
        this.onIt = new OnIt(site, voices, clock);
        this.holds = new Holds(site, voices, clock);
        this.locks = new Locks(site, journal, targets, clock);
        this.missing = new Missing(site, journal, clock);
        this.marks = new Marks(journal, targets, missing, clock);
        this.unvoting = new Unvoting(site, journal, voices, missing, clock);
        this.pointed = new Pointed(site, journal, missing);
        this.answers = new Answers(site, journal, clock, isWorkedOn);
        this.beginnings =
                new Beginnings(
                        site, journal, targets, missing, locks, proposals, clock, ids, origin);
        this.forwards = new Forwards(site, journal, commands, beginnings);
        this.programs = new Programs(site, journal, commands, targets, missing, beginnings, clock);
        this.links = links;
        this.looks = looks;
        this.decisions = new Decisions(site, journal, looks, targets, answers, clock);
        this.checking = new Checking(site, journal, looks, targets, answers, clock);
        this.clock = clock;
        this.ids = ids;
        this.isWorkedOn = isWorkedOn;
        this.origin = origin;
    }

    /** The same for another site; plans that were shown can still be asked for. */
    public FrontDesk of(Site other) {
        return new FrontDesk(other, journal, looks, clock, ids, isWorkedOn, origin, links);
    }

    /**
     * Understands, looks whether this person may, and does it. Asked twice with the same delivery
     * it is done once.
     *
     * @throws ProblemException when it is refused; nothing was done
     */
    public Reply take(ChatRequest request) {
        return switch (request) {
            case ChatRequest.OfProgram asked -> programs.take(asked);
            case ChatRequest.Typed typed ->
                    take(person(request), new Said(typed, understood.read(typed.text()), ""));
            case ChatRequest.Submitted form ->
                    take(
                            person(request),
                            new Said(
                                    form,
                                    understood.read(form.words(), form.values()),
                                    form.plan()));
            case ChatRequest.PointedAt at -> pointed.at(person(request), at.text());
            case ChatRequest.Pressed pressed -> press(person(request), pressed);
        };
    }

    private Person person(ChatRequest request) {
        return site.person(request.person());
    }

    /** A button asks for what could have been typed; some ask back first. */
    private Reply press(Person person, ChatRequest.Pressed pressed) {
        Press press = pressed.press();
        if (press.action().equals(Card.CHOOSE)) {
            return choose(person, press);
        }
        if (press.action().equals(Card.ASK)) {
            return take(
                    person, new Said(pressed, understood.read(looks.words(press)), press.plan()));
        }
        CommandSpec command =
                Card.command(site, press.action())
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("this button does nothing here any more"),
                                        Phrase.of("say: help")));
        String about = press.action().equals(ByHand.TICK) ? "item" : "run";
        var invocation = new Invocation(command, Map.of(about, press.run()));
        if (press.action().equals("deny")) {
            Rank.require(site, person, invocation);
            voices.mayVote(person, NamedRun.in(journal, press.run()), press.plan(), false);
            var form = missing.whyDenied(invocation, press.plan());
            return new Reply.Ask(
                    form,
                    Problem.of(
                            Phrase.of("a no needs a reason"), Phrase.of("say: {0}", form.words())));
        }
        return take(person, new Said(pressed, invocation, press.plan()));
    }

    /** Nothing was proven good, so a person picks; that is a new run. */
    private Reply choose(Person person, Press press) {
        Run run = Run.of(journal.read(NamedRun.in(journal, press.run())));
        Invocation wanted = understood.read(run.request().words());
        Rank.require(site, person, wanted);
        return missing.choice(run, wanted);
    }

    private Reply take(Person person, Said said) {
        Rank.require(site, person, said.invocation());
        return new Meant(site, journal).asks(person, said).orElseGet(() -> heard(person, said));
    }

    private Reply heard(Person person, Said said) {
        String via = origin.of(said.request());
        String why = said.value("reason");
        String does = said.invocation().command().does();
        return switch (does) {
            case "rollback", "emergency", "group" -> beginnings.begin(said, person);
            case "plan" -> plan(person, said.value("command"));
            case "verify" -> checking.verify(person, said);
            case "suite" -> checking.suite(person, via, targets.any(said.value("target")));
            case "tick" -> checking.tick(person, via, said.value("item"));
            case "decide" -> decisions.decide(person, said);
            case "help" -> new Reply.Told(answers.help(said.invocation()));
            case "status" -> new Reply.Told(status(said.invocation().value("target")));
            case "history" -> new Reply.Told(history(said.invocation().value("target")));
            case "console" -> new Reply.Told(links.to(person, said.request().place()));
            case "oncall" -> new Reply.Told(answers.onCall());
            case "confirm" -> proposals.confirm(person, via, run(said), said.of());
            case "approve" -> voices.vote(person, via, run(said), said.of(), true, why);
            case "deny" -> voices.vote(person, via, run(said), said.plan(), false, why);
            case "cancel" -> voices.cancel(person, via, run(said), why);
            case "fix" -> proposals.hold(person, via, run(said), Pause.FIX);
            case "fixed" -> proposals.fixed(person, via, run(said));
            case "snooze" -> proposals.hold(person, via, run(said), Pause.SNOOZE);
            case "undo" -> voices.answer(person, via, run(said), Answer.UNDO, why);
            case "keep" -> voices.answer(person, via, run(said), Answer.KEEP, why);
            case "claim", "giveback", "nudge" -> onIt.take(person, via, run(said), does);
            case "unlock" -> marks.unlock(person, via, targets.any(said.value("target")), why);
            case "lift" -> marks.lift(person, via, targets.any(said.value("target")));
            case "mark" -> marks.take(person, via, said);
            case "forward" -> forwards.take(said, person, run(said));
            case "pause", "resume", "abort" -> holds.take(person, via, run(said), said);
            case "breakglass", "review" -> unvoting.take(person, via, run(said), said);
            case "lock", "freeze", "thaw" -> locks.take(person, via, said.invocation());
            default ->
                    throw new IllegalStateException("loading refuses a command that does " + does);
        };
    }

    private Reply plan(Person person, String words) {
        WantedPlan wanted = wanted(words);
        return new Reply.Later(
                Phrase.of("Looking at {0} …", wanted.names()),
                looks.plan(person, wanted.targets(), wanted.invocation()));
    }

    /**
     * The target that somebody means.
     *
     * @throws ProblemException when there is none, or several
     */
    public Target target(String named) {
        return targets.any(named);
    }

    /**
     * Understands a rollback's words without doing anything.
     *
     * @throws ProblemException when they are not
     */
    public WantedPlan wanted(String words) {
        Invocation invocation = understood.rollback(words);
        return new WantedPlan(targets.of(invocation), invocation);
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
     * Which way back a service has, and which is the best now.
     *
     * @throws ProblemException when there is no such service
     */
    public Message decide(String service) {
        return decisions.message(service);
    }

    private Message history(Optional<String> named) {
        return answers.history(RunFilter.of(named.map(targets::any).map(Target::name)));
    }

    /** Those runs, at most so many; where it is one target's, its releases too. */
    public Message history(RunFilter wanted, int most) {
        return answers.history(wanted, most);
    }

    private RunId run(Said said) {
        return NamedRun.in(journal, said.invocation().value("run").orElseThrow());
    }
}
