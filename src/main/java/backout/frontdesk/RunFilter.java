package backout.frontdesk;

import backout.approval.Vote;
import backout.check.Quantity;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.problem.Shown;
import backout.run.Outcome;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which runs somebody wants to see; what is empty leaves none out.
 *
 * @param person who asked for it or voted on it
 * @param result one of {@link #results}
 */
public record RunFilter(
        Optional<TargetName> target,
        Optional<String> person,
        Optional<String> result,
        Optional<Instant> since) {
    /** Of one target, where one is named. */
    public static RunFilter of(Optional<TargetName> target) {
        return new RunFilter(target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Of a run that is not over. */
    public static final String OPEN = "open";

    /**
     * As people write it; what is left empty is not asked for.
     *
     * @param target with or without its kind
     * @param since a date, or how long ago: {@code 2026-03-01}, {@code 7d}
     * @throws ProblemException that is of words, with all that is not understood
     */
    public static RunFilter of(
            Site site,
            String target,
            String person,
            String result,
            String since,
            Instant now,
            ZoneId zone) {
        Optional<String> wanted = given(result);
        if (wanted.isPresent() && !results().contains(wanted.get())) {
            throw notUnderstood(wanted.get(), Phrase.list(results()));
        }
        Optional<Instant> from = since(since, now, zone);
        return new RunFilter(
                given(target).map(name -> new Targets(site).any(name).name()),
                given(person),
                wanted,
                from);
    }

    /**
     * The same of a moment alone.
     *
     * @throws ProblemException that is of words
     */
    public static Optional<Instant> since(String typed, Instant now, ZoneId zone) {
        return given(typed).map(text -> instant(text, now, zone));
    }

    private static Optional<String> given(String text) {
        return Optional.of(text.strip()).filter(given -> !given.isEmpty());
    }

    private static Instant instant(String text, Instant now, ZoneId zone) {
        try {
            var ago = Quantity.duration(text);
            return ago.isPresent()
                    ? now.minus(ago.get())
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException | ArithmeticException e) {
            throw notUnderstood(text, Phrase.of("a date or how long ago: 2026-03-01, 7d, 12h"));
        }
    }

    private static ProblemException notUnderstood(String text, Phrase instead) {
        return ProblemException.ofWords(
                List.of(
                        Problem.of(
                                Phrase.of("\"{0}\" is not understood here", Shown.of(text)),
                                Phrase.of("Say: {0}", instead))));
    }

    /** The words for how a run may stand. */
    public static List<String> results() {
        return Stream.concat(
                        Stream.of(OPEN), Stream.of(Outcome.Result.values()).map(RunFilter::word))
                .toList();
    }

    /** How it stands: {@code open}, {@code proven}, {@code nothing-changed}. */
    public static String result(Run run) {
        return run.outcome().map(outcome -> word(outcome.result())).orElse(OPEN);
    }

    private static String word(Outcome.Result result) {
        return result.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is one of them. */
    public boolean takes(Run run) {
        return target.map(name -> isAbout(run, name)).orElse(true)
                && person.map(name -> isOf(run, name)).orElse(true)
                && result.map(result(run)::equals).orElse(true)
                && since.map(from -> !run.request().at().isBefore(from)).orElse(true);
    }

    /** One of another target that moved it is its history too. */
    private static boolean isAbout(Run run, TargetName target) {
        boolean moved =
                run.hasBegunSwitch()
                        && run.planned()
                                .flatMap(planned -> planned.plan().move(target))
                                .isPresent();
        return moved || run.request().isAbout(target);
    }

    private static boolean isOf(Run run, String person) {
        return run.requester().equals(person)
                || run.events().stream()
                        .filter(RunEvent.Voted.class::isInstance)
                        .map(event -> ((RunEvent.Voted) event).vote())
                        .map(Vote::by)
                        .anyMatch(person::equals);
    }
}
