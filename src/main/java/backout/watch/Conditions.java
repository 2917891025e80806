package backout.watch;

import backout.language.Phrase;
import backout.plan.Target;
import backout.plan.TargetEvent;
import backout.problem.ProblemException;
import backout.report.Say;
import backout.run.Condition;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Journal;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps what the last look at each target saw, and warns of what should not be so: once, however
 * often it is seen and the bot is started anew.
 */
final class Conditions {
    private static final Logger log = LoggerFactory.getLogger(Conditions.class);

    private final Journal journal;
    private final InstantSource clock;
    private final Consumer<Phrase> warn;

    Conditions(Journal journal, InstantSource clock, Consumer<Phrase> warn) {
        this.journal = journal;
        this.clock = clock;
        this.warn = warn;
    }

    /**
     * What the checks saw of the release that runs.
     *
     * @param looked when it was looked whether there is a way back; empty where nobody could tell
     */
    void saw(
            Target target,
            String release,
            Evidence evidence,
            Optional<Phrase> warning,
            Optional<Instant> looked) {
        Phrase what = evidence.isWell() ? Phrase.NONE : Say.check(evidence.trouble());
        note(target, release, evidence.finding(), what, warning, looked.orElse(null));
    }

    /**
     * Nobody could look at what runs; a warning is not over for that. Where the journal cannot be
     * written either there is nothing to keep it in.
     */
    void blind(Target target, Phrase why) {
        try {
            Optional<Phrase> warned =
                    before(target).map(Condition::warning).filter(says -> !says.isEmpty());
            note(target, "", Finding.UNKNOWN, why, warned, null);
        } catch (ProblemException e) {
            log.warn("how {} is cannot be kept: {}", target.name(), e.problem());
        }
    }

    void nothingRuns(Target target) {
        note(target, "", Finding.UNWELL, Phrase.of("nothing runs"), Optional.empty(), null);
    }

    private void note(
            Target target,
            String release,
            Finding finding,
            Phrase what,
            Optional<Phrase> warning,
            @Nullable Instant judged) {
        Instant now = clock.instant();
        Phrase warned = warning.orElse(Phrase.NONE);
        var seen = new Condition(now, release, finding, now, what, warned, judged);
        Optional<Condition> before = before(target);
        journal.note(target.name(), before.map(seen::after).orElse(seen));
        warning.filter(says -> before.filter(old -> old.warning().equals(says)).isEmpty())
                .ifPresent(says -> {
                    journal.append(target.name(), List.of(new TargetEvent.Warned(now, says)));
                    warn.accept(says);
                });
    }

    private Optional<Condition> before(Target target) {
        return journal.condition(target.name());
    }
}
