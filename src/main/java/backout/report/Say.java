package backout.report;

import backout.check.Check;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.run.Condition;
import backout.run.Forward;
import backout.run.Offer;
import backout.run.Run;
import backout.run.RunEvent;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** Small things in words, the same everywhere. */
public final class Say {
    private Say() {}

    /** {@code 4 min 59 s left}: in whole seconds, none when it is over. */
    public static Phrase left(Instant now, Instant until) {
        Duration time = Duration.between(now, until);
        return Phrase.of("{0} left", whole(time.isNegative() ? Duration.ZERO : time));
    }

    /** {@code 7 s ago}, {@code 12 min ago}: the seconds matter for a minute. */
    public static Phrase ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        if (since.compareTo(Duration.ofSeconds(2)) < 0) {
            return Phrase.of("just now");
        }
        boolean lately = since.compareTo(Duration.ofMinutes(1)) < 0;
        return Phrase.of("{0} ago", lately ? whole(since) : since.truncatedTo(ChronoUnit.MINUTES));
    }

    /** Nobody waits for hundredths of a second. */
    private static Object whole(Duration time) {
        return time.compareTo(Duration.ofMinutes(1)) < 0
                ? Phrase.of("{0} s", time.toSeconds())
                : time;
    }

    /** How a target is as the last look saw it, and when that was. */
    public static Phrase condition(Optional<Condition> last, Instant now) {
        return last.map(seen ->
                        seen.isFresh(now)
                                ? Phrase.of("{0}; looked {1}", seen.says(now), ago(seen.at(), now))
                                : seen.says(now))
                .orElse(Phrase.of("not looked at yet"));
    }

    /** Something that a look found, with when that was: what is old is not told as of now. */
    public static Phrase looked(Phrase found, Optional<Instant> at, Instant now) {
        return at.map(then ->
                        Condition.isFresh(then, now)
                                ? Phrase.of("{0}; looked {1}", found, ago(then, now))
                                : Phrase.of(
                                        "not looked at since {0}, then it was: {1}", then, found))
                .orElse(Phrase.of("not looked at yet; by the journal: {0}", found));
    }

    /** {@code 43 MB}: powers of 1,000. */
    public static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    }

    /** Digests with the 12 digits by which people tell them apart: {@code sha256:9d3e5a7c11aa}. */
    public static String digests(String text) {
        return Check.digests(text);
    }

    /** A check without what each of a card's checks repeats: the digits, the service's address. */
    public static String check(String check) {
        return Check.brief(check);
    }

    public static Phrase digests(Phrase text) {
        return text.map(Say::digests);
    }

    public static Phrase check(Phrase text) {
        return text.map(Say::check);
    }

    /**
     * A check, and which of several targets it is of.
     *
     * @param target empty where there is only one
     */
    static Phrase check(String target, String check) {
        Phrase says = Phrase.verbatim(check(check));
        return target.isEmpty() ? says : Phrase.of("{0}: {1}", target, says);
    }

    /** What a run is about: its target, or the group of them. */
    static String about(Run run) {
        RunEvent.Requested request = run.request();
        return request.others().isEmpty()
                ? request.target().toString()
                : "group " + request.values().getOrDefault("group", "");
    }

    /** What a plan is about, in the order in which it is switched. */
    static Phrase targets(Plan plan) {
        return Phrase.list(plan.parts().stream().map(part -> part.target().toString()).toList());
    }

    /**
     * What a run is for, as its heading.
     *
     * @param place its target
     */
    static Phrase what(Run run, String place) {
        if (run.outcome().isEmpty()
                && Offer.of(run).filter(it -> !it.proposal().isAsked()).isPresent()) {
            return Phrase.of("{0} is unwell: roll it back?", place);
        }
        if (Forward.is(run)) {
            return Phrase.of("Go forward again: {0}", place);
        }
        return run.planned().filter(it -> it.plan().keepsRelease()).isPresent()
                ? Phrase.of("Change {0}", place)
                : Phrase.of("Roll back {0}", place);
    }
}
