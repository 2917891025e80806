package backout.chat.console.web;

import backout.frontdesk.Diagnosis;
import backout.frontdesk.Doctor;
import backout.language.Phrase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The doctor's last round, or the one that is under way: there is one at a time. */
final class Checkup implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Checkup.class);

    /**
     * What was found so far.
     *
     * @param by who asked for it
     * @param isOver whether that is all
     */
    record Round(String by, Instant began, List<Doctor.Part> parts, boolean isOver) {
        Round {
            parts = List.copyOf(parts);
        }
    }

    private final Doctor doctor;
    private final InstantSource clock;
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<Round> last = Optional.empty();

    Checkup(Doctor doctor, InstantSource clock) {
        this.doctor = doctor;
        this.clock = clock;
    }

    synchronized Optional<Round> last() {
        return last;
    }

    /** Begins a round and does not wait for it; while one is under way it does nothing. */
    synchronized void begin(String by) {
        if (last.filter(round -> !round.isOver()).isEmpty()) {
            last = Optional.of(new Round(by, clock.instant(), List.of(), false));
            looking.execute(this::look);
        }
    }

    private void look() {
        try {
            doctor.examine(part -> tell(List.of(part), false));
            tell(List.of(), true);
        } catch (RuntimeException e) {
            log.error("the doctor ended early: our own fault", e);
            Diagnosis ours =
                    Diagnosis.unknown(
                            Phrase.of("it ended here by a fault of Backout"),
                            Phrase.of("see the log, and report it"));
            tell(List.of(new Doctor.Part(Phrase.of("What is left"), List.of(ours))), true);
        }
    }

    private synchronized void tell(List<Doctor.Part> more, boolean isOver) {
        Round round = last.orElseThrow();
        var parts = new ArrayList<>(round.parts());
        parts.addAll(more);
        last = Optional.of(new Round(round.by(), round.began(), parts, isOver));
    }

    /** What is being looked at is not waited for. */
    @Override
    public void close() {
        var _ = looking.shutdownNow();
    }
}
