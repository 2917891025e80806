package backout.run;

import backout.approval.Escalation;
import backout.approval.Escalation.Due;
import backout.command.Site;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Calls the people whose time has come. It needs no lease: of several that call at once the first
 * to be journalled has called, and the others look again.
 */
public final class Pager {
    private final Site site;
    private final Journal journal;
    private final InstantSource clock;

    public Pager(Site site, Journal journal, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
    }

    /** Journals every call of the run that is due, in order. */
    public void page(RunId id) {
        Optional<CallEvent> due;
        do {
            Run run = Run.of(journal.read(id));
            due = due(run);
            due.ifPresent(event -> append(run, event));
        } while (due.isPresent());
    }

    private void append(Run run, CallEvent event) {
        try {
            journal.append(run.id(), run.version(), List.of(event), List.of(), null);
        } catch (Journal.Overtaken somebodySpoke) {
            // looked at again: they may have decided
        }
    }

    private Optional<CallEvent> due(Run run) {
        return run.next(clock.instant()) instanceof Next.Call(Due due)
                ? Calls.of(run).map(escalation -> event(run, escalation, due))
                : Optional.empty();
    }

    private CallEvent event(Run run, Escalation escalation, Due due) {
        return switch (due) {
            case Due.Call(int level) ->
                    new CallEvent.Paged(
                            clock.instant(),
                            level,
                            new Rights(site, run).callees(escalation, level));
            case Due.LeaseOver(String by) -> new CallEvent.GivenBack(clock.instant(), by, "");
            case Due.Later _, Due.Nobody _ -> throw new IllegalStateException(due + " is not due");
        };
    }
}
