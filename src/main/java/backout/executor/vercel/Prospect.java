package backout.executor.vercel;

import backout.command.Invocation;
import backout.plan.Chosen;
import backout.plan.Target;

import java.util.List;
import java.util.Map;

/**
 * What a plan would do, before it is one.
 *
 * @param current the deployment that people are served by
 * @param domains the production's names and which deployment each leads to
 */
record Prospect(
        Target target,
        Invocation wanted,
        Project project,
        String current,
        Map<String, String> domains,
        Chosen choice) {
    List<String> checks() {
        return choice.checks(target, wanted.command().checksFor(target));
    }
}
