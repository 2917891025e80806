package backout.run;

import backout.check.Caller;
import backout.check.Reading;
import backout.check.Secret;
import backout.check.SuiteStep;
import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Target;
import backout.run.Evidence.Finding;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Plays the suite of one list: each step when the one before went well, then every step of its
 * clean-up, whatever happened. What is taken out of an answer is secret. One thread, one use.
 */
final class SuitePlay {
    private static final Duration STEP = Duration.ofSeconds(10);

    /** For the steps, and once more for the clean-up: what is slow must not eat that. */
    private static final Duration ALL = Duration.ofMinutes(1);

    private final Target target;
    private final Checklist list;
    private final Callers callers;
    private final LongSupplier nanos;
    private final Map<String, Secret> known = new HashMap<>();

    SuitePlay(Target target, Checklist list, Callers callers, LongSupplier nanos) {
        this.target = target;
        this.list = list;
        this.callers = callers;
        this.nanos = nanos;
    }

    Played play() {
        long start = nanos.getAsLong();
        Heard went;
        Heard left;
        try {
            went = all(list.suite(), false);
        } finally {
            left = cleanedUp();
        }
        Duration took = Duration.ofNanos(nanos.getAsLong() - start);
        Phrase seen =
                left.finding() == Finding.WELL
                        ? went.seen()
                        : Phrase.of(
                                "{0}; clean-up: {1}; look by hand what stayed",
                                went.seen(), left.seen());
        return new Played(
                list.name(), Finding.worst(List.of(went.finding(), left.finding())), seen, took);
    }

    /** Also by a bot that is being stopped: what was made must not stay for that. */
    private Heard cleanedUp() {
        boolean stopped = Thread.interrupted();
        try {
            return all(list.cleanUp(), true);
        } finally {
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Heard(Finding finding, Phrase seen) {}

    /**
     * @param whatever one that did not go well keeps no other from being tried
     */
    private Heard all(List<String> lines, boolean whatever) {
        Deadline by = Deadline.in(ALL, nanos);
        Optional<Heard> trouble = Optional.empty();
        for (int i = 0; i < lines.size() && (whatever || trouble.isEmpty()); i++) {
            SuiteStep step = SuiteStep.parse(lines.get(i));
            Heard heard = once(step, by.atMost(STEP).left());
            if (heard.finding() != Finding.WELL && trouble.isEmpty()) {
                Phrase where =
                        Phrase.of(
                                "step {0} of {1}, {2}: {3}",
                                i + 1, lines.size(), step, heard.seen());
                trouble = Optional.of(new Heard(heard.finding(), where));
            }
        }
        return trouble.orElseGet(() ->
                new Heard(
                        Finding.WELL,
                        Phrase.count(lines.size(), "{0} step", "{0} steps, one after the other")));
    }

    private Heard once(SuiteStep step, Duration within) {
        for (String name : step.needs()) {
            if (!name.equals("url") && !known.containsKey(name)) {
                Optional<Secret> secret = callers.secret(target, name);
                if (secret.isEmpty()) {
                    return new Heard(
                            Finding.UNKNOWN, Phrase.of("not sent, for {{0}} is not known", name));
                }
                known.put(name, secret.get());
            }
        }
        String base =
                target.settings()
                        .url("url")
                        .map(url -> url.toString().replaceAll("/$", ""))
                        .orElse("");
        Caller.Sending what = step.filled(base, known);
        return heard(step, callers.of(target).send(what, within));
    }

    private Heard heard(SuiteStep step, Reading reading) {
        return switch (reading) {
            case Reading.Answered answered when step.isRight(answered.status()) ->
                    keep(step, answered);
            case Reading.Answered answered ->
                    new Heard(
                            Finding.UNWELL,
                            Phrase.of("answers {0}, wanted {1}", answered.status(), step.wanted()));
            case Reading.NoAnswer(var seen) -> new Heard(Finding.UNWELL, hidden(seen));
            case Reading.NotSeen(var why) -> new Heard(Finding.UNKNOWN, hidden(why.what()));
            case Reading.Facts _, Reading.Remembered _ ->
                    throw new IllegalStateException("no answer over HTTP");
        };
    }

    private Heard keep(SuiteStep step, Reading.Answered answered) {
        Map<String, Secret> kept = step.kept(answered.body());
        known.putAll(kept);
        return step.keeps().keySet().stream()
                .filter(name -> !kept.containsKey(name))
                .findFirst()
                .map(name ->
                        new Heard(
                                Finding.UNWELL,
                                Phrase.of("its answer has nothing to keep as {0}", name)))
                .orElse(new Heard(Finding.WELL, Phrase.NONE));
    }

    /** The address of a request may hold what was kept, and whoever failed may tell it. */
    private Phrase hidden(Phrase said) {
        return said.map(text -> SuiteStep.without(known.values(), text));
    }
}
