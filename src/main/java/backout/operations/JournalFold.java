package backout.operations;

import backout.run.Journal;
import backout.run.Run;
import backout.run.RunEvent;
import backout.run.RunId;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds every run of the journal into figures, each event once: after a restart they come to the
 * same. One thread at a time.
 */
final class JournalFold {
    private static final int PAGE = 100;

    private final Journal journal;
    private final RunFold.Figures figures;
    private final List<String> commands;
    private final Map<RunId, RunFold> open = new LinkedHashMap<>();
    private final Set<RunId> over = new HashSet<>();

    JournalFold(Journal journal, RunFold.Figures figures, List<String> commands) {
        this.journal = journal;
        this.figures = figures;
        this.commands = List.copyOf(commands);
    }

    /**
     * Takes what is new.
     *
     * @return the runs that are still open
     */
    List<Run> refresh() {
        fresh().forEach(id -> open.put(id, new RunFold(figures, commands)));
        var still = new ArrayList<Run>();
        for (RunId id : List.copyOf(open.keySet())) {
            List<RunEvent> events = journal.read(id);
            fold(id, events);
            if (events.getLast() instanceof RunEvent.Finished) {
                open.remove(id);
                over.add(id);
            } else {
                still.add(Run.of(events));
            }
        }
        return still;
    }

    private void fold(RunId id, List<RunEvent> events) {
        RunFold fold = open.get(id);
        if (fold != null) {
            fold.take(events);
        }
    }

    /** Whatever is older than one that is known is known. */
    private List<RunId> fresh() {
        for (int most = PAGE; ; most *= 10) {
            List<RunId> ids = journal.recent(most);
            List<RunId> fresh = ids.stream().takeWhile(id -> !isKnown(id)).toList();
            if (fresh.size() < ids.size() || ids.size() < most) {
                return fresh.reversed();
            }
        }
    }

    private boolean isKnown(RunId id) {
        return open.containsKey(id) || over.contains(id);
    }
}
