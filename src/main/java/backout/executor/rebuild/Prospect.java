package backout.executor.rebuild;

import backout.command.Invocation;
import backout.plan.Chosen;
import backout.plan.Target;

import java.time.Instant;
import java.util.List;

/**
 * What a plan would do, before it is one.
 *
 * @param facts of the machine, which it would be done on
 * @param kept what the files are that would be put there
 * @param wants what they ask for
 * @param at when it was looked
 */
record Prospect(
        Project project,
        Facts facts,
        SavedImage image,
        Listing kept,
        Wants wants,
        Invocation wanted,
        Chosen choice,
        Instant at) {
    Target target() {
        return project.target();
    }

    List<String> checks() {
        return choice.checks(target(), wanted.command().checksFor(target()));
    }

    /** What is there now of those files. */
    Listing before() {
        return Listing.found(kept.names(), facts.files());
    }
}
