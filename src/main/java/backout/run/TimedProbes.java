package backout.run;

import backout.check.Check;
import backout.check.Reading;
import backout.check.Subject;
import backout.language.Phrase;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lent eyes, and how long each look took. What is looked at twice has the time of the last. */
final class TimedProbes implements Probes {
    private final Probes eyes;
    private final LongSupplier nanos;
    private final Map<Subject, Duration> took = new HashMap<>();

    TimedProbes(Probes eyes, LongSupplier nanos) {
        this.eyes = eyes;
        this.nanos = nanos;
    }

    Duration took(Check check) {
        return took.getOrDefault(check.subject(), Duration.ZERO);
    }

    @Override
    public Reading look(Subject filled, Duration deadline) {
        long start = nanos.getAsLong();
        Reading reading = eyes.look(filled, deadline);
        took.put(filled, Duration.ofNanos(nanos.getAsLong() - start));
        return reading;
    }

    @Override
    public String running() {
        return eyes.running();
    }

    @Override
    public void repeatedly(Pause pause) {
        eyes.repeatedly(pause);
    }

    @Override
    public List<String> unsaid() {
        return eyes.unsaid();
    }

    @Override
    public boolean isHopeless() {
        return eyes.isHopeless();
    }

    @Override
    public List<Phrase> log() {
        return eyes.log();
    }

    @Override
    public List<Phrase> outside() {
        return eyes.outside();
    }

    @Override
    public void close() {
        eyes.close();
    }
}
