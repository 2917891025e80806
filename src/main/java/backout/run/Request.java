package backout.run;

import backout.command.Invocation;
import backout.plan.Kin;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Target;

import java.util.List;
import java.util.Optional;

/**
 * What was asked for of one target, and what is known of it.
 *
 * @param kin the other targets that may be moved by it, those of which the executor says so
 */
public record Request(Target target, Invocation wanted, Ledger ledger, List<Kin> kin) {
    public Request {
        kin = List.copyOf(kin);
    }

    /** The release that somebody named. */
    public Optional<String> release() {
        return wanted.value("release");
    }

    /** The lines of the command that prove any release of this target. */
    public List<String> checks() {
        return wanted.command().checksFor(target);
    }

    /**
     * The identity that is no release to go back to: what runs. What is down may be brought up
     * again as it was when somebody names it, but is not chosen.
     */
    public String current(Plan.Shown from, boolean isDown) {
        return isDown && release().isPresent() ? "" : from.identity();
    }
}
