package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Form.Input;
import backout.chat.Form.Option;
import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Risk;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Rights;
import backout.run.Risks;
import backout.run.Run;

import java.util.List;
import java.util.Optional;

/**
 * Asks back before something counts that is risky: once where a press asks by itself, with what it
 * is about to be typed where the command or the target wants that.
 */
record Meant(Site site, Journal journal) {
    private static final String YES = "yes";

    /** What is made sure of, and what is to be typed. */
    private record Asked(Risk risk, String about) {
        String wanted() {
            return risk == Risk.TYPED ? about : YES;
        }
    }

    /**
     * Empty where it counts: nothing is to be asked, or it was answered. Whoever may not say it at
     * all is not asked either: they are refused by whoever hears it.
     *
     * @throws ProblemException when something else was typed, with what to type
     */
    Optional<Reply> asks(Person person, Said said) {
        Optional<Asked> asked = asked(person, said);
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        String wanted = asked.get().wanted();
        Optional<String> typed = said.invocation().value(CommandSpec.TYPED);
        if (typed.isPresent()) {
            Typed.require(typed.get(), List.of(wanted));
            return Optional.empty();
        }
        return Optional.of(ask(said, asked.get()));
    }

    private Optional<Asked> asked(Person person, Said said) {
        CommandSpec command = said.invocation().command();
        Optional<Run> run =
                said.invocation()
                        .value("run")
                        .map(id -> Run.of(journal.read(NamedRun.in(journal, id))));
        boolean isHeard =
                run.map(it ->
                                it.outcome().isEmpty()
                                        && new Rights(site, it).may(person, command.does()))
                        .orElse(true);
        Risk risk = run.map(it -> new Risks(site, it).of(command)).orElse(own(command));
        boolean askedAlready = risk == Risk.DIALOG && said.request() instanceof ChatRequest.Pressed;
        return !isHeard || risk == Risk.BUTTON || askedAlready
                ? Optional.empty()
                : Optional.of(
                        new Asked(
                                risk,
                                run.map(it -> new Risks(site, it).typed())
                                        .orElseGet(() -> about(said))));
    }

    /** Nothing is done when a rollback is asked for. */
    private static Risk own(CommandSpec command) {
        return command.isRollback() || command.isGroup() ? Risk.BUTTON : command.risk();
    }

    /** One that is not known is refused by whoever hears it. */
    private String about(Said said) {
        String name = said.value("target");
        return site.targets().values().stream()
                .filter(target ->
                        target.name().name().equals(name) || target.name().toString().equals(name))
                .findFirst()
                .map(Risks::typed)
                .orElse(name.isEmpty() ? said.invocation().command().name() : name);
    }

    private static Reply ask(Said said, Asked asked) {
        String wanted = asked.wanted();
        Phrase exactly = Phrase.of("Type exactly: {0}", wanted);
        var input =
                asked.risk() == Risk.TYPED
                        ? new Input(
                                CommandSpec.TYPED,
                                Phrase.of("What it is about"),
                                exactly,
                                List.of())
                        : new Input(
                                CommandSpec.TYPED,
                                Phrase.of("Are you sure?"),
                                Phrase.NONE,
                                List.of(new Option(YES, Phrase.of("Yes"))));
        String words = said.invocation().text();
        return new Reply.Ask(
                new Form(
                        Phrase.of("Are you sure?"),
                        Phrase.of("Do it"),
                        words,
                        said.plan(),
                        List.of(input)),
                Problem.of(
                        Phrase.of("\"{0}\" is to be made sure of; nothing was done", words),
                        Phrase.of("say: {0}", said.invocation().typing(wanted))));
    }
}
