package backout.approval;

import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * What a target's plan needs before it may start. Pure: votes and time in, decision out. A copy is
 * stored with each run, so that an edit of the file never changes a run under way.
 *
 * @param votes how many people besides the requester must say yes; 0 where the requester's
 *     confirmation is enough
 * @param from the lowest level that may vote
 * @param confirmWithin how long the requester has to confirm
 * @param approveWithin how long the voters have, from the confirmation on
 * @param askWithin how long a question of the bot (undo or stay) stays open
 * @param reasoned whether a rollback without a reason is not even begun
 * @param escalation the levels that are called while nobody decides; empty where all who may vote
 *     are called at once, and in older journals
 * @param askAgain how often the last of them is called again; null for never
 * @param urgent the name of the policy of rollbacks of severity p1; empty where it is this one
 * @param silent who may vote but is called with their own level only
 * @param thawFrom the lowest level that may lift a freeze of somebody else
 * @param glassFrom the lowest level that may have it run without the missing votes; 0 for nobody,
 *     and in older journals
 * @param emergency the name of the policy of emergencies; empty where it is the urgent one
 */
public record Policy(
        String name,
        int votes,
        int from,
        Duration confirmWithin,
        Duration approveWithin,
        Duration askWithin,
        boolean reasoned,
        List<EscalationStep> escalation,
        @Nullable Duration askAgain,
        List<String> silent,
        String urgent,
        int thawFrom,
        int glassFrom,
        String emergency) {
    /** Where the configuration says nothing else. */
    private static final int USUAL_THAW = 2;

    public Policy {
        escalation = List.copyOf(escalation);
        silent = List.copyOf(silent);
        if (votes < 0 || from < 0 || from > 3) {
            throw new IllegalArgumentException("votes are 0 or more, levels 0 to 3");
        }
    }

    /** One that lets nobody do without its votes. */
    public Policy(
            String name,
            int votes,
            int from,
            Duration confirmWithin,
            Duration approveWithin,
            Duration askWithin,
            boolean reasoned,
            List<EscalationStep> escalation,
            @Nullable Duration askAgain,
            List<String> silent,
            String urgent,
            int thawFrom) {
        this(
                name,
                votes,
                from,
                confirmWithin,
                approveWithin,
                askWithin,
                reasoned,
                escalation,
                askAgain,
                silent,
                urgent,
                thawFrom,
                0,
                "");
    }

    /** One whose freezes an L2 may lift. */
    public Policy(
            String name,
            int votes,
            int from,
            Duration confirmWithin,
            Duration approveWithin,
            Duration askWithin,
            boolean reasoned,
            List<EscalationStep> escalation,
            @Nullable Duration askAgain,
            List<String> silent,
            String urgent) {
        this(
                name,
                votes,
                from,
                confirmWithin,
                approveWithin,
                askWithin,
                reasoned,
                escalation,
                askAgain,
                silent,
                urgent,
                USUAL_THAW);
    }

    /** One that calls all who may vote at once. */
    public Policy(
            String name,
            int votes,
            int from,
            Duration confirmWithin,
            Duration approveWithin,
            Duration askWithin,
            boolean reasoned) {
        this(
                name,
                votes,
                from,
                confirmWithin,
                approveWithin,
                askWithin,
                reasoned,
                List.of(),
                null,
                List.of(),
                "");
    }

    /**
     * One no is enough, the requester's own too; a person counts once, and their last word counts.
     */
    public Decision decide(
            List<Vote> votes, String requester, String plan, Instant since, Instant now) {
        Instant until = since.plus(approveWithin);
        var lastWords = new LinkedHashMap<String, Vote>();
        votes.stream()
                .filter(vote -> vote.plan().equals(plan) && vote.at().isBefore(until))
                .filter(vote -> counts(vote, requester))
                .forEach(vote -> lastWords.put(vote.by(), vote));
        var no = lastWords.values().stream().filter(vote -> !vote.yes()).findFirst();
        if (no.isPresent()) {
            return new Decision.Denied(no.get().by(), no.get().reason());
        }
        var yes = List.copyOf(lastWords.keySet());
        if (yes.size() >= this.votes) {
            return new Decision.Approved(yes);
        }
        return now.isBefore(until)
                ? new Decision.Pending(this.votes - yes.size(), until)
                : new Decision.Expired(until);
    }

    /** The same where nobody need say yes. */
    public Policy withoutVotes() {
        return new Policy(
                name,
                0,
                from,
                confirmWithin,
                approveWithin,
                askWithin,
                reasoned,
                escalation,
                askAgain,
                silent,
                urgent,
                thawFrom,
                glassFrom,
                emergency);
    }

    /**
     * One for what falls under both: as many votes from as high a level as either asks for, and no
     * more time. Who is called, and how, is as the one that asks for more has it.
     */
    public Policy and(Policy other) {
        if (name.equals(other.name)) {
            return this;
        }
        boolean mine = votes > other.votes || (votes == other.votes && from >= other.from);
        Policy stricter = mine ? this : other;
        return new Policy(
                name + "+" + other.name,
                Math.max(votes, other.votes),
                Math.max(from, other.from),
                shorter(confirmWithin, other.confirmWithin),
                shorter(approveWithin, other.approveWithin),
                shorter(askWithin, other.askWithin),
                reasoned || other.reasoned,
                stricter.escalation,
                stricter.askAgain,
                stricter.silent,
                stricter.urgent,
                Math.max(thawFrom, other.thawFrom),
                glassFrom == 0 || other.glassFrom == 0 ? 0 : Math.max(glassFrom, other.glassFrom),
                stricter.emergency);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private boolean counts(Vote vote, String requester) {
        return vote.by().equals(requester) ? !vote.yes() : vote.level() >= from;
    }

    /**
     * Why this person may not vote on this requester's plan, with the rule and who can; empty when
     * they may.
     *
     * @param file where levels are raised
     */
    public Optional<Problem> refuses(
            Person person, String requester, boolean yes, Collection<Person> people, String file) {
        if (person.name().equals(requester) && yes) {
            return Optional.of(
                    new Problem(
                            Phrase.of("nobody approves their own rollback"),
                            person.name(),
                            advice(requester, people, file)));
        }
        if (person.level() < from && !person.name().equals(requester)) {
            return Optional.of(
                    new Problem(
                            Phrase.of(
                                    "policy {0} takes votes from L{1} on, {2} is L{3}",
                                    name, from, person.name(), person.level()),
                            person.name(),
                            advice(requester, people, file)));
        }
        return Optional.empty();
    }

    /**
     * Why this person may not say what becomes of such a run when the bot asks: it is for who asked
     * for it, for who may vote on it, and for an L2. Empty when they may.
     */
    public Optional<Problem> refusesAnswer(
            Person person, String requester, Collection<Person> people) {
        if (mayAnswer(person, requester)) {
            return Optional.empty();
        }
        var who =
                people.stream().filter(one -> mayAnswer(one, requester)).map(Person::name).toList();
        return Optional.of(
                new Problem(
                        Phrase.of(
                                "undo or keep is for {0}, who asked for it, for who may vote on it"
                                        + " and for an L2; {1} is L{2}",
                                requester, person.name(), person.level()),
                        person.name(),
                        Phrase.of("Ask one of: {0}", who)));
    }

    private boolean mayAnswer(Person person, String requester) {
        boolean votes = this.votes > 0 && person.level() >= from;
        return person.name().equals(requester) || votes || person.level() >= 2;
    }

    private Phrase advice(String requester, Collection<Person> people, String file) {
        var voters = voters(requester, people);
        return voters.isEmpty()
                ? Phrase.of("Nobody else here may: raise somebody to L{0} in {1}", from, file)
                : Phrase.of("Ask one of: {0}", voters);
    }

    /**
     * The people who may vote when {@code requester} asks, in the order in which they are listed.
     */
    public List<String> voters(String requester, Collection<Person> people) {
        return people.stream()
                .filter(person -> person.level() >= from && !person.name().equals(requester))
                .map(Person::name)
                .toList();
    }
}
