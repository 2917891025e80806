package backout.plan;

import java.time.Duration;
import java.util.List;

/**
 * Something that can be rolled back, as {@code config/targets.yml} describes it.
 *
 * @param host {@code local} or {@code ssh:NAME}
 * @param policy the name of the policy in {@code config/approvals.yml}
 * @param goodAfter how long a release's checks must hold before it counts as good
 * @param soak how long the checks go on after a rollback is proven
 * @param checks further checks of this target, besides those of the command
 * @param settings what its kind asks for
 * @param file the one that describes it, which people are sent to
 */
public record Target(
        TargetName name,
        String host,
        String policy,
        Duration goodAfter,
        Duration soak,
        List<String> checks,
        Settings settings,
        String file) {
    /** Of {@code config/targets.yml}, as it is shipped. */
    public Target(
            TargetName name,
            String host,
            String policy,
            Duration goodAfter,
            Duration soak,
            List<String> checks,
            Settings settings) {
        this(name, host, policy, goodAfter, soak, checks, settings, "config/targets.yml");
    }

    public Target {
        checks = List.copyOf(checks);
    }

    /** Whether it is on the bot's own machine. */
    public boolean isHere() {
        return host.equals("local");
    }
}
