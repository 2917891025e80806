package backout.frontdesk;

import backout.approval.Person;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.List;
import java.util.Map;

/** Whether a person's level is enough for a command. */
final class Rank {
    private Rank() {}

    /**
     * Of a rollback of several: what somebody may not do to one they may not do to all.
     *
     * @throws ProblemException when it is not, with who could
     */
    static void require(Site site, Person person, List<Target> together) {
        together.stream()
                .flatMap(target -> site.rollbackOf(target.name().kind()).stream())
                .forEach(command -> require(site, person, new Invocation(command, Map.of())));
    }

    /**
     * @throws ProblemException when it is not, with who could
     */
    static void require(Site site, Person person, Invocation wanted) {
        if (person.level() >= wanted.level()) {
            return;
        }
        var who =
                site.people().values().stream()
                        .filter(other -> other.level() >= wanted.level())
                        .map(Person::name)
                        .toList();
        String name = wanted.command().name();
        throw Problem.stop(
                Phrase.of(
                        "\"{0}\" is for L{1} and above, {2} is L{3}",
                        wanted.isDaring() ? name + " … without data backup" : name,
                        wanted.level(),
                        person.name(),
                        person.level()),
                "",
                Phrase.of("ask one of: {0}", Phrase.list(who)));
    }
}
