package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.Ticks;
import backout.problem.Problem;
import backout.problem.Shown;
import backout.report.ByHand;
import backout.report.SuitesNow;
import backout.run.Journal;
import backout.run.Played;
import backout.run.Run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a target is, without a rollback: its checks read now, and what people saw by hand ticked off.
 */
record Checking(
        Site site,
        Journal journal,
        Looks looks,
        Targets targets,
        Answers answers,
        InstantSource clock) {
    private record Item(Target target, String text) {}

    /** Of the target that is named, or that a run is about. */
    Reply verify(Person person, Said said) {
        Target target = targets.any(named(said));
        return new Reply.Later(
                Phrase.of("Reading the checks of {0} …", target.name()),
                looks.checks(person, target, answers.underWay(target), () -> below(target)));
    }

    private List<Block> below(Target target) {
        var blocks = new ArrayList<>(byHand(target).blocks());
        SuitesNow.words(site, target)
                .map(words ->
                        new Button(
                                Phrase.of("Play its suites (changes data)"),
                                Button.Look.PLAIN,
                                looks.press(words),
                                Phrase.NONE))
                .ifPresent(button -> blocks.add(new Block.Buttons(List.of(button))));
        return blocks;
    }

    /** It changes something of the service, so it is played for whoever asks and never besides. */
    Reply suite(Person person, String via, Target target) {
        if (!target.hasSuite()) {
            throw Problem.stop(
                    Phrase.of("{0} has no suite", target.name()),
                    Phrase.of("write one below suite: in {0}", site.file("checklists.yml")));
        }
        return new Reply.Later(
                Phrase.of("Playing the suites of {0} …", target.name()),
                looks.suites(
                        person,
                        target,
                        play -> {
                            note(
                                    target,
                                    new TargetEvent.SuiteBegan(
                                            clock.instant(), person.name(), via));
                            List<Played> all = play.get();
                            note(
                                    target,
                                    new TargetEvent.SuiteEnded(
                                            clock.instant(), SuitesNow.line(all)));
                            return all;
                        }));
    }

    private void note(Target target, TargetEvent event) {
        journal.append(target.name(), List.of(event));
    }

    private String named(Said said) {
        return said.invocation()
                .value("run")
                .map(id -> Run.of(journal.read(NamedRun.in(journal, id))))
                .map(run -> run.request().target().toString())
                .orElseGet(() -> said.value("target"));
    }

    private ByHand byHand(Target target) {
        return new ByHand(site, target, journal.read(target.name()));
    }

    /**
     * The target's journal has who did, and when. What is ticked off already stays as it is: who
     * asks is told who was first.
     */
    Reply tick(Person person, String via, String code) {
        Item item = item(code);
        Target target = item.target();
        Optional<TargetEvent.Ticked> first = Ticks.of(journal.read(target.name())).of(item.text());
        if (first.isEmpty()) {
            note(target, new TargetEvent.Ticked(clock.instant(), item.text(), person.name(), via));
        }
        Message list = byHand(target).message();
        return new Reply.OfTarget(
                target.name(),
                first.map(tick ->
                                list.saying(
                                        Phrase.of(
                                                "{0} is ticked off already: {1}",
                                                new Phrase(item.text(), List.of()),
                                                ByHand.by(tick))))
                        .orElse(list));
    }

    private Item item(String code) {
        return site.targets().values().stream()
                .flatMap(target -> target.byHand().stream().map(text -> new Item(target, text)))
                .filter(item ->
                        Ticks.code(item.target().name(), item.text())
                                .equals(code.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("no list has {0} to tick off", Shown.of(code)),
                                Phrase.of(
                                        "the lists were changed since, or it is not typed as it"
                                                + " stands there; see: verify TARGET")));
    }
}
