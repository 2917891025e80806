package backout.check;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How far one check has come.
 *
 * @param streak successes in a row up to now
 * @param met whether the streak was ever long enough
 * @param failed for good: the last verdict came at or after the deadline and was not well
 */
record Progress(
        Check check,
        Instant deadline,
        int times,
        int streak,
        boolean met,
        boolean failed,
        @Nullable Verdict last) {

    static Progress start(Check check, Instant deadline, int times) {
        return new Progress(check, deadline, times, 0, false, false, null);
    }

    /**
     * The newest look decides, never an older one: what is well now is not called unwell because
     * nobody looked in time. What was met once and lost again has until the end to come back.
     */
    Progress after(Instant now, Verdict verdict, Instant end) {
        if (failed) {
            return this;
        }
        int row = verdict.isWell() ? streak + 1 : 0;
        boolean everMet = met || row >= times;
        boolean over = !now.isBefore(everMet ? end : deadline);
        return new Progress(check, deadline, times, row, everMet, row == 0 && over, verdict);
    }

    boolean holds() {
        return streak >= times;
    }

    boolean pending() {
        return !failed && !holds();
    }

    boolean isUnwell() {
        return failed && last instanceof Verdict.Unwell;
    }
}
