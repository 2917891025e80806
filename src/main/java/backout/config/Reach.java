package backout.config;

import backout.approval.EscalationStep;
import backout.approval.OnCall;
import backout.approval.Person;
import backout.approval.Policy;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds escalations that call a level in which neither a chat that is served nor a pager can reach
 * anybody who may be called. Nobody is kept from starting by it: in the console they are called all
 * the same.
 */
record Reach(Collection<Person> people, Map<Integer, OnCall> onCall, Set<String> chats) {
    List<Problem> check(Names<Policy> policies) {
        if (chats.isEmpty()) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        for (Names.Found<Policy> found : policies.read().values()) {
            for (EscalationStep step : found.value().escalation()) {
                if (found.value().votes() > 0
                        && candidates(step.level()).noneMatch(this::isReached)) {
                    problems.add(
                            new Problem(
                                    Phrase.of(
                                            "policy {0} calls L{1}, and nobody there has an account"
                                                    + " in {2} or a pager",
                                            found.value().name(),
                                            step.level(),
                                            Phrase.list(chats.stream().sorted().toList())),
                                    found.place(ApprovalKeys.ESCALATE).toString(),
                                    Phrase.of(
                                            "Give somebody of that level an account or a"
                                                    + " pager in people.yml")));
                }
            }
        }
        return problems;
    }

    private Stream<Person> candidates(int level) {
        OnCall list = onCall.get(level);
        return people.stream()
                .filter(person ->
                        list == null
                                ? person.level() == level
                                : person.level() >= level && list.canName(person.name()));
    }

    private boolean isReached(Person person) {
        return !person.contact().pagers().isEmpty()
                || chats.stream().anyMatch(person.accounts()::containsKey);
    }
}
