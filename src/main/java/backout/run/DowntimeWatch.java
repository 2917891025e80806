package backout.run;

import backout.check.Check;
import backout.check.Probe;
import backout.check.Reading;
import backout.check.Subject;
import backout.check.Verdict;
import backout.run.Outage.Before;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks the service every few milliseconds on a new connection, and sums up how long it did not
 * answer, and how long it answered otherwise than its checks want.
 */
final class DowntimeWatch implements Proof.Pulse {
    private static final Duration EVERY = Duration.ofMillis(20);

    /** Once it is back: a service that starts has better things to do than to answer us. */
    private static final Duration WHEN_BACK = Duration.ofMillis(200);

    private static final Duration LEAST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(5);

    private final Probe probe;
    private final Subject subject;
    private final List<Check> checks;
    private final Thread thread;
    private volatile boolean goesOn = true;

    private @Nullable Before before;
    private Before now = Before.WELL;

    /** How it was when the watch began lasts until it changes, and is not the switch's doing. */
    private boolean changed;

    /** The switch came into the first look: nobody knows how it was before. */
    private boolean torn;

    private long knownUntil = System.nanoTime();
    private long silent;
    private long unwell;
    private long slowest;
    private int inVain;

    /**
     * @param checks what its answers are judged by; none where any answer is well
     */
    DowntimeWatch(Probe probe, Subject subject, List<Check> checks) {
        this.probe = probe;
        this.subject = subject;
        this.checks = List.copyOf(checks);
        this.thread = Thread.ofVirtual().name("downtime watch").start(this::watch);
    }

    private void watch() {
        while (goesOn) {
            Duration patience = patience();
            long asked = System.nanoTime();
            Reading reading = probe.look(subject, patience);
            if (!goesOn) {
                return;
            }
            note(state(reading), patience.toNanos(), asked, System.nanoTime());
            try {
                Thread.sleep(isBack() ? WHEN_BACK : EVERY);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * What answers slowly is not silent: it has three times as long as it ever took, and longer the
     * more often it was waited for in vain.
     */
    private Duration patience() {
        if (before == null) {
            return MOST;
        }
        long most = Math.max(LEAST.toNanos(), 3 * slowest) << Math.min(inVain, 4);
        return Duration.ofNanos(Math.min(most, MOST.toNanos()));
    }

    private synchronized boolean isBack() {
        return silent > 0 && now != Before.SILENT;
    }

    private Before state(Reading reading) {
        if (!(reading instanceof Reading.Answered)) {
            return Before.SILENT;
        }
        boolean unwell =
                checks.stream()
                        .map(check -> check.judge(reading, Optional.of(reading)))
                        .anyMatch(Verdict.Unwell.class::isInstance);
        return unwell ? Before.UNWELL : Before.WELL;
    }

    private synchronized void note(Before seen, long patience, long asked, long ended) {
        long took = ended - asked;
        boolean usedUp = took > patience * 9 / 10;
        if (before == null) {
            before = seen;
            torn = seen == Before.SILENT && took > LEAST.toNanos() && !usedUp;
        }
        if (seen == Before.SILENT) {
            inVain = usedUp ? inVain + 1 : 0;
        } else {
            inVain = 0;
            slowest = Math.max(slowest, took);
            answered(seen, asked, ended);
        }
        changed |= seen != before;
        now = seen;
    }

    /** A gap lasts from the last answer to the first question that is answered again. */
    private void answered(Before seen, long asked, long ended) {
        if (now == Before.SILENT) {
            silent += changed ? asked - knownUntil : 0;
            knownUntil = asked;
        }
        if (seen == Before.UNWELL && (changed || before != seen)) {
            unwell += ended - knownUntil;
        }
        knownUntil = ended;
    }

    @Override
    public synchronized Optional<Outage> seen() {
        if (before == null || torn) {
            return Optional.empty();
        }
        boolean open = now == Before.SILENT && changed;
        long all = silent + (open ? System.nanoTime() - knownUntil : 0);
        return Optional.of(new Outage(before, Duration.ofNanos(all), Duration.ofNanos(unwell)));
    }

    @Override
    public void close() {
        goesOn = false;
        thread.interrupt();
        if (probe instanceof Probes lent) {
            lent.close();
        }
    }
}
