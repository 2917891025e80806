package backout.command;

import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Policy;
import backout.language.Phrase;
import backout.plan.Remedy;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Nearest;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that {@code commands/} and {@code config/} say about what can be rolled back, by what
 * words and by whom. Read and checked as a whole before anything starts.
 *
 * @param people who may ask, and decide
 * @param programs who may ask by a signed request, and never decides
 * @param onCall who is on call, by level
 * @param groups targets that are rolled back together, in the order in which they are switched
 * @param remedies by kind, what people weigh of it
 * @param folder the one that was read as {@code config/}, which people are sent to
 */
public record Site(
        List<CommandSpec> commands,
        Map<TargetName, Target> targets,
        Map<String, Person> people,
        Map<String, Person> programs,
        Map<String, Policy> policies,
        Map<Integer, OnCall> onCall,
        Map<String, List<TargetName>> groups,
        Path folder,
        Map<String, Remedy> remedies) {
    /** The severity of what is rolled back by the shortest plan. */
    public static final String EMERGENCY = "emergency";

    /** Of people who can be called. */
    private static final List<Integer> LEVELS = List.of(1, 2, 3);

    /** Read from {@code config/} as it is shipped. */
    public Site(
            List<CommandSpec> commands,
            Map<TargetName, Target> targets,
            Map<String, Person> people,
            Map<String, Policy> policies) {
        this(
                commands,
                targets,
                people,
                Map.of(),
                policies,
                Map.of(),
                Map.of(),
                Path.of("config"),
                Map.of());
    }

    public Site {
        commands = List.copyOf(commands);
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
        people = Collections.unmodifiableMap(new LinkedHashMap<>(people));
        programs = Map.copyOf(programs);
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        onCall = Map.copyOf(onCall);
        groups = Collections.unmodifiableMap(new TreeMap<>(groups));
        remedies = Map.copyOf(remedies);
    }

    /** Who is on call at that moment, by level: everybody of a level that has no list. */
    public Map<Integer, List<String>> onCall(Instant at) {
        return LEVELS.stream()
                .collect(Collectors.toMap(Function.identity(), level -> onCall(level, at)));
    }

    /** The same, and how it comes, level by level. */
    public SortedMap<Integer, OnCall> lists() {
        var lists = new TreeMap<Integer, OnCall>();
        LEVELS.forEach(level -> lists.put(level, list(level)));
        return lists;
    }

    private List<String> onCall(int level, Instant at) {
        return list(level).at(at).people();
    }

    private OnCall list(int level) {
        OnCall list = onCall.get(level);
        return list == null
                ? OnCall.all(
                        people.values().stream()
                                .filter(person -> person.level() == level)
                                .map(Person::name)
                                .toList())
                : list;
    }

    /** Why a list may not be as it is now: a calendar that cannot be read. */
    public List<Phrase> doubtsOfOnCall(Instant now) {
        return lists().values().stream().flatMap(list -> list.doubt(now).stream()).toList();
    }

    /** Where this file of the configuration is, as people are told. */
    public String file(String name) {
        return folder.resolve(name).toString();
    }

    public Optional<Target> target(TargetName name) {
        return Optional.ofNullable(targets.get(name));
    }

    /**
     * The policy of its rollbacks.
     *
     * @param severity as it was said: {@code p1} and {@code emergency} may have a policy of their
     *     own; an emergency that has none is of severity p1
     */
    public Policy policyOf(Target target, String severity) {
        Policy policy = policyOf(target);
        String other =
                switch (severity) {
                    case EMERGENCY ->
                            policy.emergency().isEmpty() ? policy.urgent() : policy.emergency();
                    case "p1" -> policy.urgent();
                    default -> "";
                };
        return other.isEmpty() ? policy : named(other);
    }

    /** The policy of a rollback of all of them: no easier than any of theirs. */
    public Policy policyOf(List<Target> together, String severity) {
        return together.stream()
                .map(target -> policyOf(target, severity))
                .reduce(Policy::and)
                .orElseThrow();
    }

    public Policy policyOf(Target target) {
        return named(target.policy());
    }

    private Policy named(String name) {
        Policy policy = policies.get(name);
        if (policy == null) {
            throw new IllegalStateException("loading refuses a target without its policy");
        }
        return policy;
    }

    /**
     * @throws ProblemException when nobody of that name is in {@code people.yml}
     */
    public Person person(String name) {
        Person person = people.get(name);
        if (person == null) {
            Phrase all = Phrase.of("Known people: {0}", Phrase.list(people.keySet()));
            throw Problem.stop(
                    Phrase.of("nobody here is called \"{0}\"", Shown.of(name)),
                    file("people.yml"),
                    Nearest.to(name, people.keySet())
                            .map(known -> Phrase.of("Did you mean {0}? {1}", known, all))
                            .orElse(all));
        }
        return person;
    }

    /**
     * @throws ProblemException when no program of that name is in {@code people.yml}
     */
    public Person program(String name) {
        return Optional.ofNullable(programs.get(name))
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("no program here is called \"{0}\"", Shown.of(name)),
                                file("people.yml"),
                                Phrase.of("give it a level and a webhook there")));
    }

    /** The targets that a rollback command can be for, by name. */
    public List<Target> targetsOf(String kind) {
        return targets.values().stream()
                .filter(target -> target.name().kind().equals(kind))
                .toList();
    }

    /** The command that rolls targets of this kind back: of several the one that is named so. */
    public Optional<CommandSpec> rollbackOf(String kind) {
        return commands.stream()
                .filter(CommandSpec::isRollback)
                .filter(command -> command.kind().equals(kind))
                .min(Comparator.comparing(command -> !command.name().equals(kind)));
    }

    /**
     * What the command of that name does to this target; empty where there is none such.
     *
     * @param name of a rollback, or of an emergency or a group, which do as the rollback of the
     *     target's kind does
     */
    public Optional<CommandSpec> command(String name, Target target) {
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .flatMap(command ->
                        command.isEmergency() || command.isGroup()
                                ? rollbackOf(target.name().kind()).map(command::by)
                                : Optional.of(command));
    }

    /** What people weigh of that kind. */
    public Remedy remedyOf(String kind) {
        return remedies.getOrDefault(kind, Remedy.UNKNOWN);
    }

    /** What tells that this target is well: the checks of its rollback command and its own. */
    public List<String> checksOf(Target target) {
        return rollbackOf(target.name().kind())
                .map(command -> command.checksFor(target))
                .orElse(target.checks());
    }
}
