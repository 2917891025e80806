package backout.config;

import backout.approval.Person;
import backout.approval.Policy;
import backout.command.CommandSpec;
import backout.language.Phrase;
import backout.plan.Target;

import java.util.Collection;
import java.util.List;

/** Refuses rules that the people of this site can never satisfy. */
final class Fulfilment {
    private final Collection<Person> people;
    private final Names<CommandSpec> commands;
    private final Names<Target> targets;
    private final Problems problems;

    Fulfilment(
            Names<Person> people,
            Names<CommandSpec> commands,
            Names<Target> targets,
            Problems problems) {
        this.people = people.values().values();
        this.commands = commands;
        this.targets = targets;
        this.problems = problems;
    }

    void check(Names<Policy> policies) {
        for (Names.Found<CommandSpec> command : commands.read().values()) {
            somebodyHas(command.value().level(), command.place("level"));
        }
        for (Names.Found<Policy> policy : policies.read().values()) {
            boolean asks = policy.value().votes() > 0;
            if (!asks || somebodyHas(policy.value().from(), policy.place("from"))) {
                enoughVoters(policy);
            }
        }
    }

    private boolean somebodyHas(int level, Place place) {
        boolean somebody = people.stream().anyMatch(person -> person.level() >= level);
        if (!somebody) {
            problems.add(
                    place,
                    Phrase.of("names L{0}, and nobody has that level or a higher one", level),
                    Phrase.of("Raise somebody in people.yml, or name a lower level"));
        }
        return somebody;
    }

    private void enoughVoters(Names.Found<Policy> found) {
        Policy policy = found.value();
        List<Person> stuck =
                people.stream()
                        .filter(person -> person.level() >= lowestRequester(policy))
                        .filter(person -> voters(policy, person).size() < policy.votes())
                        .toList();
        if (!stuck.isEmpty()) {
            List<String> left = voters(policy, stuck.getFirst());
            problems.add(
                    found.place("votes"),
                    left.isEmpty()
                            ? Phrase.of(
                                    "needs {0} from L{1} on; when {2} asks, nobody can vote",
                                    votes(policy), policy.from(), oneOf(stuck))
                            : Phrase.of(
                                    "needs {0} from L{1} on; when {2} asks, only {3} can vote",
                                    votes(policy), policy.from(), oneOf(stuck), left.size()),
                    Phrase.of(
                            "Raise people to L{0} in people.yml, or ask for fewer votes",
                            policy.from()));
        }
    }

    private static Phrase votes(Policy policy) {
        return Phrase.count(policy.votes(), "{0} vote", "{0} votes");
    }

    private static Phrase oneOf(List<Person> people) {
        return people.stream()
                .map(person -> Phrase.verbatim(person.name()))
                .reduce((left, right) -> Phrase.of("{0} or {1}", left, right))
                .orElse(Phrase.NONE);
    }

    private List<String> voters(Policy policy, Person requester) {
        return policy.voters(requester.name(), people);
    }

    /** Of the rollbacks that this policy is for; of any rollback while no target uses it. */
    private int lowestRequester(Policy policy) {
        List<String> kinds =
                targets.values().values().stream()
                        .filter(target -> target.policy().equals(policy.name()))
                        .map(target -> target.name().kind())
                        .toList();
        return commands.values().values().stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> kinds.isEmpty() || kinds.contains(command.kind()))
                .mapToInt(CommandSpec::level)
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
