package backout.plan;

import java.util.List;

/**
 * What is looked at after a rollback of a service, as {@code config/checklists.yml} describes it.
 *
 * @param checks what can be looked at by itself: they prove the targets that name the list
 * @param byHand what only a person can see, each a sentence; ticked off by people
 */
public record Checklist(String name, List<String> checks, List<String> byHand) {
    public Checklist {
        checks = List.copyOf(checks);
        byHand = List.copyOf(byHand);
    }
}
