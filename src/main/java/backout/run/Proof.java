package backout.run;

import backout.plan.Plan;
import backout.run.RunEvent.Moment;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Tells how one target is. Executors lend their {@link Probes} to {@link ProbingProof}. */
public interface Proof {
    /**
     * Reads the plan's checks until they are decided. Never throws for what the world does: that is
     * unknown.
     */
    Evidence check(Plan plan, Moment moment, Optional<Evidence> baseline, Deadline by);

    /**
     * Reads checks once on what runs now, outside of any run: their placeholders are filled with
     * what runs and what the target's settings say.
     *
     * @throws backout.problem.ProblemException when nothing runs, or nobody could tell what
     */
    Evidence standing(List<String> lines, Deadline by);

    /**
     * The same for somebody who asks: what cannot be asked, because nobody could tell what runs, is
     * unknown, and the rest is read all the same. Whoever does not measure tells no times.
     */
    default Glance glance(List<String> lines, Deadline by) {
        Evidence evidence = standing(lines, by);
        return new Glance(evidence, Collections.nCopies(evidence.rows().size(), Duration.ZERO));
    }

    /** Begins to watch what somebody who uses the service sees of it. */
    Pulse watch(Plan plan);

    /** Watches from outside while the switch runs. */
    interface Pulse extends AutoCloseable {
        /** What was seen up to now; empty where nothing could be watched. */
        Optional<Outage> seen();

        @Override
        void close();
    }
}
