package backout.run;

import backout.run.Evidence.Finding;
import backout.run.RunEvent.Answer;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What the simulated world does.
 *
 * @param failing the action that fails, empty for none
 * @param wreck how a failing move leaves its place
 * @param after what the checks find once the new release is there
 * @param worse whether the baseline was well, so that unwell is worse than before
 * @param undoFailing the move whose way back fails, empty for none
 * @param vote what the second person does; null says nothing, so that it expires
 * @param answer what a person answers when asked; null lets the question expire
 * @param soak what the checks find while the soak runs; null for no soak
 * @param change what becomes of the plan after somebody edited the files while people decided
 */
record Scenario(
        String failing,
        Wreck wreck,
        Finding after,
        boolean worse,
        String undoFailing,
        @Nullable Boolean vote,
        @Nullable Answer answer,
        @Nullable Finding soak,
        Change change) {
    /** Somebody edits the files before the switch, and what then happens to the run. */
    enum Change {
        /** Nobody edits anything. */
        NONE,
        /** The new plan is confirmed, and voted on as the scenario says. */
        PLANNED_ANEW,
        NO_PLAN,
        /** The requester cancels while the former plan is cleaned up. */
        CANCELLED,
        UNCONFIRMED
    }

    Scenario(
            String failing,
            Wreck wreck,
            Finding after,
            boolean worse,
            String undoFailing,
            @Nullable Boolean vote,
            @Nullable Answer answer,
            @Nullable Finding soak) {
        this(failing, wreck, after, worse, undoFailing, vote, answer, soak, Change.NONE);
    }

    /** How a failing move leaves its place. */
    enum Wreck {
        UNTOUCHED,
        BETWEEN,
        GONE
    }

    private static final Scenario SMOOTH =
            new Scenario("", Wreck.UNTOUCHED, Finding.WELL, false, "", true, null, Finding.WELL);

    /** Every combination that can make a difference. */
    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        all.add(SMOOTH);
        all.add(new Scenario("", Wreck.UNTOUCHED, Finding.WELL, false, "", true, null, null));
        all.add(new Scenario("", Wreck.UNTOUCHED, Finding.WELL, false, "", false, null, null));
        all.add(new Scenario("", Wreck.UNTOUCHED, Finding.WELL, false, "", null, null, null));
        addChanged(all);
        for (String task : List.of("sim.pull", "sim.backup")) {
            all.add(new Scenario(task, Wreck.UNTOUCHED, Finding.WELL, false, "", true, null, null));
        }
        for (boolean worse : List.of(true, false)) {
            for (String undoFailing : List.of("", "sim.file", "sim.box")) {
                for (Answer answer : new Answer[] {Answer.UNDO, Answer.KEEP, null}) {
                    for (Finding finding : List.of(Finding.UNWELL, Finding.UNKNOWN)) {
                        all.add(
                                new Scenario(
                                        "",
                                        Wreck.UNTOUCHED,
                                        finding,
                                        worse,
                                        undoFailing,
                                        true,
                                        answer,
                                        null));
                        all.add(
                                new Scenario(
                                        "",
                                        Wreck.UNTOUCHED,
                                        Finding.WELL,
                                        worse,
                                        undoFailing,
                                        true,
                                        answer,
                                        finding));
                    }
                    for (String move : List.of("sim.file", "sim.box")) {
                        for (Wreck wreck : Wreck.values()) {
                            for (Finding finding : Finding.values()) {
                                all.add(
                                        new Scenario(
                                                move,
                                                wreck,
                                                finding,
                                                worse,
                                                undoFailing,
                                                true,
                                                answer,
                                                null));
                            }
                        }
                    }
                }
            }
        }
        return all.stream().distinct().toList();
    }

    private static void addChanged(List<Scenario> all) {
        for (Change change : Change.values()) {
            all.add(smooth(true, change));
        }
        all.add(smooth(false, Change.PLANNED_ANEW));
        all.add(smooth(null, Change.PLANNED_ANEW));
        all.add(
                new Scenario(
                        "sim.box",
                        Wreck.GONE,
                        Finding.WELL,
                        true,
                        "",
                        true,
                        null,
                        null,
                        Change.PLANNED_ANEW));
    }

    private static Scenario smooth(@Nullable Boolean vote, Change change) {
        return new Scenario(
                "", Wreck.UNTOUCHED, Finding.WELL, false, "", vote, null, Finding.WELL, change);
    }
}
