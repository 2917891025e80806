package backout.watch;

import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Freeze;
import backout.plan.Glass;
import backout.plan.Ledger;
import backout.plan.TargetEvent;
import backout.plan.TargetEvent.Reminded;
import backout.plan.TargetLock;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Journal;
import backout.run.Loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Sees that no lock, no freeze and no review is forgotten: tells before one runs out, tells each
 * day of one that has no end, and ends what has run out. Each is told once, also over a restart.
 */
public final class Reminders {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(20);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(5);

    /** Time to say it again, and of a short one no more than a quarter. */
    private static final Duration AHEAD = Duration.ofMinutes(15);

    private static final Duration AGAIN = Duration.ofDays(1);

    private static final Logger log = LoggerFactory.getLogger(Reminders.class);

    private final Supplier<Site> site;
    private final Journal journal;
    private final InstantSource clock;
    private final Loop loop = Loop.every("reminders", LOOK_EVERY, ROUND_WITHIN, this::look);

    public Reminders(Supplier<Site> site, Journal journal, InstantSource clock) {
        this.site = site;
        this.journal = journal;
        this.clock = clock;
    }

    public Loop loop() {
        return loop;
    }

    /** One look at everything that may be locked or frozen; called by one thread at a time. */
    void look() {
        Stream.concat(Stream.of(Freeze.SITE), site.get().targets().keySet().stream())
                .forEach(this::look);
    }

    private void look(TargetName name) {
        try {
            List<TargetEvent> events = journal.read(name);
            Ledger.of(events).lock().ifPresent(lock -> remind(name, lock, events));
            Freeze.in(name, events).ifPresent(freeze -> remind(name, freeze, ofFreezes(events)));
            Glass.in(events).stream().filter(Glass::isOpen).forEach(glass -> remind(glass, events));
        } catch (ProblemException e) {
            log.debug("{} could not be read: {}", name, e.problem());
        } catch (RuntimeException e) {
            log.error("{} could not be read: our own fault", name, e);
        }
    }

    private void remind(TargetName name, TargetLock lock, List<TargetEvent> events) {
        Instant now = clock.instant();
        Instant until = lock.until();
        if (!lock.holds(now)) {
            Phrase over = Phrase.of("{0} may go forward again: its lock has run out", name);
            var unlocked = new TargetEvent.Unlocked(now, "backout", Phrase.of("its time is over"));
            journal.append(name, List.of(unlocked, new Reminded(now, over)));
        } else if (isDue(lock.since(), until, events)) {
            Phrase says =
                    until == null
                            ? Phrase.of(
                                    "{0} is still locked, since {1} by {2}: {3}. To lift it say:"
                                            + " unlock {4}",
                                    name, lock.since(), lock.by(), lock.why(), name.name())
                            : Phrase.of(
                                    "the lock of {0} runs out at {1} ({2}: {3}). To keep it say:"
                                            + " lock {4} for 2h because REASON",
                                    name, until, lock.by(), lock.why(), name.name());
            journal.append(name, List.of(new Reminded(now, says)));
        }
    }

    private void remind(TargetName name, Freeze freeze, List<TargetEvent> events) {
        Instant now = clock.instant();
        if (!freeze.holds(now)) {
            var over = Phrase.of("its time is over");
            journal.append(name, List.of(new TargetEvent.Thawed(now, "backout", over, "")));
        } else if (isDue(freeze.since(), freeze.until(), events)) {
            Phrase says =
                    freeze.until() == null
                            ? Phrase.of(
                                    "{0}. It is so since {1}; to lift it say: thaw {2}",
                                    freeze.says(), freeze.since(), freeze.named())
                            : Phrase.of(
                                    "{0}. That is soon over; to keep it say: freeze {1} for 2h"
                                            + " because REASON",
                                    freeze.says(), freeze.named());
            journal.append(name, List.of(new Reminded(now, says)));
        }
    }

    /** Each day, of each by itself. */
    private void remind(Glass glass, List<TargetEvent> events) {
        List<TargetEvent> told = events.stream().filter(event -> isOf(glass, event)).toList();
        if (isDue(glass.since(), null, told)) {
            journal.append(Freeze.SITE, List.of(new Reminded(clock.instant(), says(glass))));
        }
    }

    private static Phrase says(Glass glass) {
        return Phrase.of("{0}. It is {1}", glass.says(), glass.toClose());
    }

    private static boolean isOf(Glass glass, TargetEvent event) {
        return event instanceof Reminded it && it.says().toString().equals(says(glass).toString());
    }

    /** A reminder of something else in the same stream is none of the freeze. */
    private static List<TargetEvent> ofFreezes(List<TargetEvent> events) {
        List<Glass> glasses = Glass.in(events);
        return events.stream()
                .filter(event -> glasses.stream().noneMatch(glass -> isOf(glass, event)))
                .toList();
    }

    private boolean isDue(Instant since, @Nullable Instant until, List<TargetEvent> events) {
        Instant told =
                events.stream()
                        .filter(Reminded.class::isInstance)
                        .map(TargetEvent::at)
                        .filter(at -> !at.isBefore(since))
                        .reduce(since, (_, last) -> last);
        Instant now = clock.instant();
        if (until == null) {
            return !now.isBefore(told.plus(AGAIN));
        }
        Duration quarter = Duration.between(since, until).dividedBy(4);
        Instant due = until.minus(quarter.compareTo(AHEAD) < 0 ? quarter : AHEAD);
        return !now.isBefore(due) && told.isBefore(due);
    }
}
