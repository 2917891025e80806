package backout.watch;

import backout.command.Site;
import backout.plan.Ledger;
import backout.plan.Readiness;
import backout.plan.Settings;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.plan.TargetEvent.StandbySeen;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Executors;
import backout.run.Journal;
import backout.run.Loop;
import backout.run.Offer;
import backout.run.Run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Looks each few hours whether the places that people could be led to would serve them, for as long
 * as they may be needed: a standby that nobody looks at rots. Only what changed is noted, and told;
 * what was told is in the target's stream, so a restart tells nothing again.
 */
final class StandbyWatch {
    private static final String WHEN = "standby-watch.when";
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
    private static final Duration ROUND_WITHIN = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(StandbyWatch.class);

    private final Supplier<Site> site;
    private final Executors executors;
    private final Journal journal;
    private final InstantSource clock;
    private final Map<TargetName, Instant> looked = new HashMap<>();
    private final Loop loop = Loop.every("standbys", LOOK_EVERY, ROUND_WITHIN, this::look);

    StandbyWatch(Supplier<Site> site, Executors executors, Journal journal, InstantSource clock) {
        this.site = site;
        this.executors = executors;
        this.journal = journal;
        this.clock = clock;
    }

    Loop loop() {
        return loop;
    }

    /** One look at each that is due; called by one thread at a time. */
    void look() {
        for (Target target : site.get().targets().values()) {
            if (loop.isStopped()) {
                return;
            }
            lookIfDue(target);
            loop.round();
        }
    }

    private void lookIfDue(Target target) {
        try {
            if (isDue(target) && !isAtWork(target)) {
                List<TargetEvent> events = journal.read(target.name());
                if (isWatched(target.settings(), events)) {
                    looked.put(target.name(), clock.instant());
                    look(target, Ledger.of(events));
                }
            }
        } catch (ProblemException e) {
            log.warn("the standby of {} cannot be looked at: {}", target.name(), e.problem());
        } catch (RuntimeException e) {
            log.error("the standby of {}: our own fault", target.name(), e);
        }
    }

    private boolean isDue(Target target) {
        if (target.settings().textIfAny(WHEN).isEmpty()) {
            return false;
        }
        Instant last = looked.get(target.name());
        Duration every = target.settings().duration("standby-watch.every");
        return last == null || !clock.instant().isBefore(last.plus(every));
    }

    /** Whoever rolls it back starts the standby: what is seen half way is no news. */
    private boolean isAtWork(Target target) {
        return journal.holder(target.name())
                .map(id -> Run.of(journal.read(id)))
                .filter(run -> Offer.of(run).isEmpty())
                .isPresent();
    }

    private boolean isWatched(Settings settings, List<TargetEvent> events) {
        return switch (settings.textIfAny(WHEN).orElse("never")) {
            case "always" -> true;
            case "switched" ->
                    switched(events)
                            .map(at -> at.plus(settings.duration("standby-watch.for")))
                            .filter(end -> clock.instant().isBefore(end))
                            .isPresent();
            default -> false;
        };
    }

    /** When people were led elsewhere last, whoever did it; empty where nobody saw that. */
    private static Optional<Instant> switched(List<TargetEvent> events) {
        Optional<Instant> at = Optional.empty();
        String place = "";
        for (TargetEvent event : events) {
            if (event instanceof TargetEvent.Seen seen) {
                at = place.isEmpty() || place.equals(seen.id()) ? at : Optional.of(seen.at());
                place = seen.id();
            }
        }
        return at;
    }

    private void look(Target target, Ledger ledger) {
        Optional<Readiness> found =
                executors.of(target).standby(target, ledger, site.get().checksOf(target));
        found.filter(now -> Readiness.last(journal.read(target.name())).filter(now::isAs).isEmpty())
                .filter(_ -> !loop.isStopped())
                .ifPresent(now ->
                        journal.append(
                                target.name(), List.of(new StandbySeen(clock.instant(), now))));
    }
}
