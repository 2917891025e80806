package backout.plan;

import backout.language.Phrase;

import java.util.Map;

/**
 * One thing to do, as data: which action on which target, from where to where. Never says
 * "previous" or "latest": both ends are immutable identities.
 *
 * @param action the executor's word for it: {@code compose.file}, {@code compose.up}
 * @param phase prepare steps touch nothing that the service feels; switch steps are the downtime
 * @param from identity that is there now; empty where a task has none
 * @param to identity that is there afterwards; empty where a task has none
 * @param with what else the action needs, by its own keys; part of the plan's hash, so never an
 *     estimate or a secret
 * @param says the step in a sentence that people read in the plan
 */
public record Step(
        String action,
        TargetName target,
        Phase phase,
        String from,
        String to,
        Map<String, String> with,
        Phrase says) {
    private static final String ARROW = "→";

    /** The identity of what is not there: a service without a container. */
    public static final String NOTHING = "none";

    /** When a step runs; the order of the constants is the order of the phases. */
    public enum Phase {
        PREPARE,
        /** A hook, when it is approved and the plan still holds; nothing is changed yet. */
        BEFORE_SWITCH,
        SWITCH,
        /** A hook, before it is looked whether the service is well. */
        AFTER_SWITCH,
        /** A hook, when every check held. */
        AFTER_PROOF,
        /** A hook, when the switch was taken back. */
        AFTER_UNDO
    }

    public Step {
        with = Map.copyOf(with);
        if (action.isBlank() || says.isEmpty()) {
            throw new IllegalArgumentException("a step needs an action and a sentence");
        }
    }

    /** The sentence, said of the way back: what an arrow leads from and to changes places. */
    public Phrase saysBack() {
        return says.map(text -> {
            int arrow = text.indexOf(ARROW);
            boolean turns = arrow > 0 && arrow == text.lastIndexOf(ARROW) && !text.contains("{");
            return turns
                    ? text.substring(arrow + ARROW.length()).strip()
                            + "  →  "
                            + text.substring(0, arrow).strip()
                    : text;
        });
    }

    /**
     * @return the value of a key that this step's own planner wrote
     */
    public String need(String key) {
        String value = with.get(key);
        if (value == null) {
            throw new IllegalStateException("step " + action + " carries no " + key);
        }
        return value;
    }
}
