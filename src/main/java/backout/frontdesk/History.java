package backout.frontdesk;

import backout.run.Journal;
import backout.run.Run;
import backout.run.RunId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs that there were, however many, a page at a time. */
public record History(Journal journal) {
    private static final int AT_ONCE = 100;

    /** Those that are not over, the newest first. */
    public List<Run> open(RunFilter wanted) {
        return journal.open().reversed().stream().map(this::run).filter(wanted::takes).toList();
    }

    /** The newest first, open ones among them. */
    public List<Run> runs(RunFilter wanted, int most) {
        return runs(wanted, Optional.empty(), most);
    }

    /**
     * The same, begun before another one; none where that is not kept any more.
     *
     * @param before empty for the newest
     */
    public List<Run> runs(RunFilter wanted, Optional<RunId> before, int most) {
        var found = new ArrayList<Run>();
        Optional<RunId> from = before;
        List<RunId> page;
        do {
            page = journal.recent(AT_ONCE, from);
            for (RunId id : page) {
                Run run = run(id);
                if (found.size() == most || isTooOld(run, wanted)) {
                    return found;
                }
                if (wanted.takes(run)) {
                    found.add(run);
                }
            }
            from = page.isEmpty() ? from : Optional.of(page.getLast());
        } while (page.size() == AT_ONCE);
        return found;
    }

    /** Those before it are older still. */
    private static boolean isTooOld(Run run, RunFilter wanted) {
        return wanted.since().map(from -> run.request().at().isBefore(from)).orElse(false);
    }

    private Run run(RunId id) {
        return Run.of(journal.read(id));
    }
}
