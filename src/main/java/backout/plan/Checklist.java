package backout.plan;

import java.util.List;

/**
 * What is looked at after a rollback of a service, as {@code config/checklists.yml} describes it.
 *
 * @param checks what can be looked at by itself: they prove the targets that name the list
 * @param byHand what only a person can see, each a sentence; ticked off by people
 * @param suite requests in their order, each a line; they may change something, and are sent only
 *     when somebody asks
 * @param cleanUp requests that take back what those made, sent whatever came of them
 */
public record Checklist(
        String name,
        List<String> checks,
        List<String> byHand,
        List<String> suite,
        List<String> cleanUp) {
    /** Without a suite. */
    public Checklist(String name, List<String> checks, List<String> byHand) {
        this(name, checks, byHand, List.of(), List.of());
    }

    public Checklist {
        checks = List.copyOf(checks);
        byHand = List.copyOf(byHand);
        suite = List.copyOf(suite);
        cleanUp = List.copyOf(cleanUp);
    }
}
