package backout.approval;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom to call next and when, while nobody decides. Pure: what the run was given when it was
 * planned, what happened since, and the time in; the next call out. Each level is called once, in
 * order, also after a long downtime; who is at work on it holds the clock.
 *
 * @param policy the run's own copy
 * @param onCall who was on call when it was planned, by level
 * @param since from when delays count: the request, or the moment of a proposal
 * @param opened from when people can decide; nobody is called before
 * @param pages the calls so far, in order
 * @param claims who said that they are at work on it, in order
 */
public record Escalation(
        Policy policy,
        Map<Integer, List<String>> onCall,
        Instant since,
        Instant opened,
        List<Page> pages,
        List<Claim> claims) {
    /** How long somebody who is on it holds the clock. */
    public static final Duration LEASE = Duration.ofMinutes(10);

    /** The present level is not called by people more often than that. */
    public static final Duration NUDGE_EVERY = Duration.ofMinutes(2);

    public Escalation {
        onCall = Map.copyOf(onCall);
        pages = List.copyOf(pages);
        claims = List.copyOf(claims);
    }

    /**
     * A level was called.
     *
     * @param people empty where nobody of it could be
     */
    public record Page(int level, List<String> people, Instant at) {
        public Page {
            people = List.copyOf(people);
        }
    }

    /**
     * Somebody was, or is, at work on it.
     *
     * @param until when it ended, or will end by itself
     * @param over whether it has ended
     */
    public record Claim(String by, Instant from, Instant until, boolean over) {}

    /** What is to be done next. */
    public sealed interface Due {
        /** This level is to be called now. */
        record Call(int level) implements Due {}

        /** The time of who was at work on it is over. */
        record LeaseOver(String by) implements Due {}

        /** Nothing before then. */
        record Later(Instant at) implements Due {}

        /** Nobody is called any more. */
        record Nobody() implements Due {}
    }

    public Due due(Instant now) {
        Optional<Claim> held = claim();
        if (held.isPresent()) {
            Claim claim = held.get();
            return now.isBefore(claim.until())
                    ? new Due.Later(claim.until())
                    : new Due.LeaseOver(claim.by());
        }
        return upcoming()
                .<Due>map(next ->
                        now.isBefore(next.at())
                                ? new Due.Later(next.at())
                                : new Due.Call(next.level()))
                .orElseGet(Due.Nobody::new);
    }

    /** A level and when it is called, if nobody is at work on it. */
    public record Upcoming(int level, Instant at) {}

    /** The next call; empty when there is none. */
    public Optional<Upcoming> upcoming() {
        return policy.escalation().stream()
                .sorted(Comparator.comparing(EscalationStep::after))
                .filter(step -> pages.stream().noneMatch(page -> page.level() == step.level()))
                .findFirst()
                .map(step -> new Upcoming(step.level(), at(step)))
                .or(this::again);
    }

    /** A level in which nobody could be called is no reason to wait for the next one. */
    private Instant at(EscalationStep step) {
        boolean nobody = !pages.isEmpty() && pages.getLast().people().isEmpty();
        Instant at = since.plus(step.after()).plus(held(since));
        return nobody || at.isBefore(opened) ? opened : at;
    }

    private Optional<Upcoming> again() {
        Duration every = policy.askAgain();
        return every == null
                ? Optional.empty()
                : present()
                        .map(page -> {
                            Instant last = pages.getLast().at();
                            return new Upcoming(page.level(), last.plus(every).plus(held(last)));
                        });
    }

    /** How long people held the clock since then, those whose time is over. */
    private Duration held(Instant then) {
        return claims.stream()
                .filter(Claim::over)
                .filter(claim -> claim.until().isAfter(then))
                .map(claim ->
                        Duration.between(
                                claim.from().isAfter(then) ? claim.from() : then, claim.until()))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Who is at work on it. */
    public Optional<Claim> claim() {
        return claims.isEmpty() || claims.getLast().over()
                ? Optional.empty()
                : Optional.of(claims.getLast());
    }

    /** The last call that reached somebody. */
    public Optional<Page> present() {
        return pages.reversed().stream().filter(page -> !page.people().isEmpty()).findFirst();
    }

    /** When people may call the present level again; empty while none was called. */
    public Optional<Instant> nudgeFrom() {
        return present().map(page -> page.at().plus(NUDGE_EVERY));
    }

    /**
     * Whom a call of this level reaches: who was on call then and may still vote today. Whoever is
     * silent is called with their own level only.
     *
     * @param people today's
     */
    public List<String> callees(int level, String requester, Collection<Person> people) {
        List<String> listed = onCall.getOrDefault(level, List.of());
        return people.stream()
                .filter(person -> listed.contains(person.name()))
                .filter(person -> person.level() >= Math.max(level, policy.from()))
                .filter(person -> !person.name().equals(requester))
                .filter(person ->
                        person.level() == level || !policy.silent().contains(person.name()))
                .map(Person::name)
                .toList();
    }
}
