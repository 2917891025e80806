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
 * @param files those that would be put there
 * @param at when it was looked
 */
record Prospect(
        Project project,
        Facts facts,
        SavedImage image,
        Kept.KeptFiles files,
        Invocation wanted,
        Chosen choice,
        Instant at) {
    Target target() {
        return project.target();
    }

    List<String> checks() {
        return choice.checks(target(), wanted.command().checksFor(target()));
    }

    Listing kept() {
        return files.listing();
    }

    Wants wants() {
        return files.wants();
    }

    /** What is there now of those files. */
    Listing before() {
        return Listing.found(kept().names(), facts.files());
    }
}
