package backout.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can answer a command, and which values of its words it understands. */
@SuppressWarnings("ImmutableEnumChecker") // List.of never changes
enum Does {
    ROLLBACK(
            List.of(),
            List.of(
                    "target",
                    "release",
                    "ttl",
                    "service",
                    "with-its-files",
                    "without-data-backup",
                    "severity",
                    "reason")),
    EMERGENCY(List.of("target"), List.of("release", "reason")),
    GROUP(List.of("group"), List.of("severity", "reason")),
    HELP(List.of(), List.of("command")),
    STATUS(List.of(), List.of("target")),
    VERIFY(List.of("target"), List.of()),
    SUITE(List.of("target"), List.of()),
    TICK(List.of("item"), List.of()),
    DECIDE(List.of("target"), List.of()),
    HISTORY(List.of(), List.of("target")),
    ONCALL(List.of(), List.of()),
    CONSOLE(List.of(), List.of()),
    PLAN(List.of("command"), List.of()),
    CANCEL(List.of("run"), List.of("reason")),
    APPROVE(List.of("run"), List.of("plan", "reason")),
    DENY(List.of("run"), List.of("reason")),
    CONFIRM(List.of("run"), List.of("plan")),
    FIX(List.of("run"), List.of()),
    FIXED(List.of("run"), List.of()),
    SNOOZE(List.of("run"), List.of()),
    UNDO(List.of("run"), List.of("reason")),
    KEEP(List.of("run"), List.of("reason")),
    CLAIM(List.of("run"), List.of()),
    GIVEBACK(List.of("run"), List.of()),
    NUDGE(List.of("run"), List.of()),
    UNLOCK(List.of("target"), List.of("reason")),
    MARK(List.of("choice", "release"), List.of("target", "reason")),
    LOCK(List.of("target"), List.of("time", "reason")),
    FREEZE(List.of("target"), List.of("time", "reason")),
    LIFT(List.of("target"), List.of()),
    THAW(List.of("target"), List.of("reason")),
    PAUSE(List.of("run"), List.of("time", "reason")),
    RESUME(List.of("run"), List.of()),
    ABORT(List.of("run"), List.of("reason")),
    BREAKGLASS(List.of("run"), List.of("name", "reason")),
    REVIEW(List.of("run"), List.of("reason")),
    FORWARD(List.of("run"), List.of("release", "reason"));

    private final List<String> needs;
    private final List<String> may;

    Does(List<String> needs, List<String> may) {
        this.needs = needs;
        this.may = may;
    }

    static Does of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * Whether a site may do without a command for it: nothing waits for it, and a folder of
     * commands that is older than this Backout goes on as it is.
     */
    boolean isOptional() {
        return switch (this) {
            case ROLLBACK, EMERGENCY, MARK, FIX, FIXED, SNOOZE, CLAIM, GIVEBACK, NUDGE -> true;
            case ONCALL, CONSOLE, LOCK, FREEZE, THAW, PAUSE, RESUME, ABORT, FORWARD -> true;
            case BREAKGLASS, REVIEW, VERIFY, SUITE, TICK, DECIDE, GROUP, LIFT -> true;
            default -> false;
        };
    }

    /**
     * Whether it can be asked back for: what looks, calls people, says no or asks already is not.
     */
    boolean mayBeRisky() {
        return switch (this) {
            case HELP, STATUS, VERIFY, DECIDE, HISTORY, ONCALL, CONSOLE, PLAN -> false;
            case CLAIM, GIVEBACK, NUDGE -> false;
            case FIX, FIXED, SNOOZE, DENY, BREAKGLASS, REVIEW -> false;
            default -> true;
        };
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Does::toString).toList();
    }

    /** Values without which it cannot answer. */
    List<String> needs() {
        return needs;
    }

    List<String> understands() {
        return Stream.concat(needs.stream(), may.stream()).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
