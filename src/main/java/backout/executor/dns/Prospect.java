package backout.executor.dns;

import backout.command.Invocation;
import backout.dns.RecordSet;
import backout.dns.Records;
import backout.plan.Chosen;

import java.util.List;

/** What a plan would do, before it is one. */
record Prospect(Site site, Invocation wanted, Records now, Records after, Chosen choice) {
    List<String> checks() {
        return choice.checks(site.target(), wanted.command().checksFor(site.target()));
    }

    List<Records.Change> changes() {
        return now.changes(after);
    }

    /** What comes with a time that is chosen now: others were kept there with theirs before. */
    List<RecordSet> chosen() {
        List<RecordSet> ours = site.standby(now).sets();
        List<RecordSet> kept = now.sets();
        boolean leadsAway = !after.identity().equals(now.identity());
        return after.sets().stream()
                .filter(set -> leadsAway ? ours.contains(set) : !kept.contains(set))
                .toList();
    }

    /** Whether the place that they shall lead to is the standby, and is started beforehand. */
    boolean starts() {
        return site.target().settings().textIfAny("compose").isPresent()
                && after.identity().equals(site.standby(now).identity())
                && wanted.command().prepare().contains(Planner.START);
    }

    List<String> changed() {
        return changes().stream().map(Records.Change::name).distinct().toList();
    }
}
