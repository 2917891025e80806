package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.report.Crossroads;
import backout.run.Advice;
import backout.run.Deciding;
import backout.run.Journal;
import backout.run.Method;
import backout.run.Offer;
import backout.run.Run;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Helps people to decide which way back they go. */
record Decisions(
        Site site,
        Journal journal,
        Looks looks,
        Targets targets,
        Answers answers,
        InstantSource clock) {
    /** Of the service that is named, or that a run is about. */
    Reply decide(Person person, Said said) {
        List<Method> methods = methods(named(said));
        String service = methods.getFirst().target().name().name();
        return new Reply.Later(
                Phrase.of("Looking which ways back {0} has …", service),
                looks.of(person, () -> message(methods)));
    }

    private String named(Said said) {
        return said.invocation()
                .value("run")
                .map(id -> Run.of(journal.read(NamedRun.in(journal, id))))
                .map(run -> run.request().target().name())
                .orElseGet(() -> said.value("target"));
    }

    /**
     * @throws backout.problem.ProblemException when there is no such service
     */
    Message message(String service) {
        return message(methods(service));
    }

    private List<Method> methods(String named) {
        String service = targets.service(named);
        List<Method> methods = Method.of(site, service);
        if (methods.isEmpty()) {
            throw Problem.stop(
                    Phrase.of("no command rolls a target called {0} back", service),
                    Phrase.of("put the file of its kind into commands/, then say it again"));
        }
        return methods;
    }

    private Message message(List<Method> methods) {
        var deciding = new Deciding(site, journal, looks.scout(), clock);
        Advice advice = deciding.look(methods);
        return new Crossroads(advice, offer(methods), site)
                .message(
                        way -> words(deciding, way.method()),
                        way -> looks.press(words(deciding, way.method())),
                        remark(methods));
    }

    private static String words(Deciding deciding, Method method) {
        return "plan " + deciding.wanted(method).text();
    }

    private Optional<Run> offer(List<Method> methods) {
        return methods.stream()
                .flatMap(method -> journal.holder(method.target().name()).stream())
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> Offer.of(run).isPresent())
                .findFirst();
    }

    private Phrase remark(List<Method> methods) {
        return methods.stream()
                .map(Method::target)
                .map(answers::underWay)
                .filter(says -> !says.isEmpty())
                .findFirst()
                .orElse(Phrase.NONE);
    }
}
