package backout.config;

import backout.approval.EscalationStep;
import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Policy;
import backout.language.Phrase;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Refuses escalations that call nobody, or people whose word does not count. */
final class EscalationRules {
    private final Collection<Person> people;
    private final Map<Integer, OnCall> onCall;
    private final Problems problems;

    EscalationRules(Names<Person> people, Map<Integer, OnCall> onCall, Problems problems) {
        this.people = people.values().values();
        this.onCall = onCall;
        this.problems = problems;
    }

    void check(Names<Policy> policies) {
        policies.read()
                .values()
                .forEach(found -> {
                    then(found);
                    silent(found);
                    named(found, "p1", found.value().urgent(), policies);
                    named(found, "emergency", found.value().emergency(), policies);
                    found.value().escalation().forEach(step -> level(step, found));
                    order(found);
                });
    }

    private void then(Names.Found<Policy> found) {
        Yaml then = found.section().members().get("then");
        if (then instanceof Yaml.Text(var place, String text, boolean _)
                && !PoliciesFile.Then.read(text).isUnderstood()) {
            problems.add(
                    place,
                    Phrase.of("says not what happens then"),
                    Phrase.of("Write: stop, or: keep asking every 15m; every 2m is the shortest"));
        }
    }

    private void silent(Names.Found<Policy> found) {
        for (String name : found.value().silent()) {
            if (people.stream().noneMatch(person -> person.name().equals(name))) {
                List<String> known = people.stream().map(Person::name).toList();
                problems.add(
                        found.place("silent"),
                        Phrase.of("names \"{0}\", who is nobody here", name),
                        Names.nearest(
                                name, known, Phrase.of("Known people: {0}", Phrase.list(known))));
            }
        }
    }

    private void named(Names.Found<Policy> found, String key, String name, Names<Policy> policies) {
        if (!name.isEmpty() && !policies.given().contains(name)) {
            problems.add(
                    found.place(key),
                    Phrase.of("there is no policy \"{0}\"", name),
                    Names.nearest(
                            name,
                            policies.given(),
                            Phrase.of(
                                    "Policies are: {0}",
                                    policies.given().stream().sorted().toList())));
        }
    }

    private void level(EscalationStep step, Names.Found<Policy> found) {
        Policy policy = found.value();
        Place place = found.place(ApprovalKeys.ESCALATE);
        if (step.level() < policy.from()) {
            problems.add(
                    place,
                    Phrase.of(
                            "calls L{0}, whose votes do not count: they do from L{1} on",
                            step.level(), policy.from()),
                    Phrase.of(
                            "Leave L{0} out, or let it decide: from: L{1}",
                            step.level(), step.level()));
        } else if (!onCall.containsKey(step.level())
                && people.stream().noneMatch(person -> person.level() == step.level())) {
            problems.add(
                    place,
                    Phrase.of("calls L{0}, and nobody has that level", step.level()),
                    Phrase.of("Raise somebody in people.yml, or leave L{0} out", step.level()));
        }
    }

    /** A higher level that is called first would leave the lower one nothing to do. */
    private void order(Names.Found<Policy> found) {
        List<EscalationStep> steps = found.value().escalation();
        List<EscalationStep> byLevel =
                steps.stream().sorted(Comparator.comparingInt(EscalationStep::level)).toList();
        boolean tooLate =
                steps.stream()
                        .anyMatch(
                                step -> step.after().compareTo(found.value().approveWithin()) >= 0);
        if (!steps.equals(byLevel)) {
            problems.add(
                    found.place(ApprovalKeys.ESCALATE),
                    Phrase.of("calls a higher level before a lower one"),
                    Phrase.of("Give the higher level the longer delay"));
        } else if (tooLate) {
            problems.add(
                    found.place(ApprovalKeys.ESCALATE),
                    Phrase.of("calls a level when the time to approve is over"),
                    Phrase.of("Shorten the delay, or lengthen approve-within"));
        }
    }
}
