package backout.run;

import backout.approval.Escalation;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Invocation;
import backout.command.Site;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who may say what to a run, by today's people and the policy that the run was given. */
public record Rights(Site site, Run run) {
    /** One who is gone from the site by now may look, as anybody may. */
    public static Person person(Site site, String name) {
        return site.people().getOrDefault(name, new Person(name, 0, Map.of()));
    }

    public static boolean mayConfirm(Person person, Run run) {
        return person.name().equals(run.requester());
    }

    public static boolean mayCancel(Person person, Run run) {
        return person.name().equals(run.requester()) || person.level() >= 2;
    }

    /** Who waits for it, and who may decide it. */
    public static boolean mayNudge(Person person, Run run) {
        return person.name().equals(run.requester())
                || run.planned().filter(planned -> decides(person, planned)).isPresent();
    }

    private static boolean decides(Person person, RunEvent.Planned planned) {
        return level(person, planned) >= planned.policy().from();
    }

    /** The lower of the levels of then and now: whoever came or rose since does not reach back. */
    private static int level(Person person, RunEvent.Planned planned) {
        return planned.electors().isEmpty()
                ? person.level()
                : Math.min(person.level(), planned.electors().getOrDefault(person.name(), 0));
    }

    /** At which level this person's word on the plan counts. */
    public int level(Person person) {
        return level(person, run.planned().orElseThrow());
    }

    /** Today's people, each with what their word counts for on the plan as it is now. */
    public List<Person> electors() {
        return site.people().values().stream().map(one -> one.atMost(level(one))).toList();
    }

    /** Who may vote on it, in the order in which they are listed. */
    public List<String> voters() {
        return policy().voters(run.requester(), electors());
    }

    /** Why this person's word on the plan is not heard, and who can; empty when it is. */
    public Optional<Problem> refusesVote(Person person, boolean yes) {
        String file = site.file("people.yml");
        var planned = run.planned().orElseThrow();
        return policy().refuses(person, run.requester(), yes, electors(), file)
                .or(() ->
                        person.name().equals(run.requester()) || decides(person, planned)
                                ? Optional.empty()
                                : Optional.of(tooNew(person)));
    }

    /** For one of whom it would be heard today, had they been so when the plan was made. */
    public Problem tooNew(Person person) {
        var planned = run.planned().orElseThrow();
        return new Problem(
                Phrase.of(
                        "who decides on run {0} is settled since its plan was made at {1}, and"
                                + " {2} was not among them then",
                        run.id(), planned.at(), person.name()),
                person.name(),
                Phrase.of(
                        "Ask one of: {0}. Or let {1} or an L2 say: cancel {2}, and ask for it"
                                + " again: another run asks the people of today",
                        voters(), run.requester(), run.id()));
    }

    /**
     * Whether it would be heard of this person, if it is legal at all.
     *
     * @param does as in {@link backout.command.CommandSpec#does}
     */
    public boolean may(Person person, String does) {
        boolean ranks =
                site.commands().stream()
                        .filter(command -> command.does().equals(does))
                        .findFirst()
                        .filter(command -> person.level() >= command.level())
                        .isPresent();
        return ranks
                && switch (does) {
                    case "confirm" -> mayConfirm(person, run) || mayTakeUp(person);
                    case "approve" -> mayVote(person, true) && !hasApproved(person);
                    case "deny" -> mayVote(person, false);
                    case "breakglass" -> mayBreakGlass(person);
                    case "claim" -> mayVote(person, true) && Offer.of(run).isEmpty();
                    case "giveback" -> hasClaimed(person);
                    case "nudge" -> mayNudge(person, run);
                    case "cancel" -> mayCancel(person, run) || Offer.of(run).isPresent();
                    case "undo", "keep", "pause", "resume", "abort" -> mayAnswer(person);
                    default -> true;
                };
    }

    private boolean mayBreakGlass(Person person) {
        return run.planned()
                .filter(planned -> planned.policy().glassFrom() > 0)
                .filter(planned -> level(person, planned) >= planned.policy().glassFrom())
                .isPresent();
    }

    /** Whoever may ask for such a rollback may make a proposed one theirs. */
    public boolean mayTakeUp(Person person) {
        return Offer.of(run).isPresent() && person.level() >= needed(site, run);
    }

    /** Whoever may make it theirs, in the order in which they are listed. */
    public List<String> takers() {
        return site.people().values().stream().filter(this::mayTakeUp).map(Person::name).toList();
    }

    /** Of the command; one that is gone by now is no reason to stop what it began. */
    static int needed(Site site, Run run) {
        return site.commands().stream()
                .filter(command -> command.name().equals(run.request().command()))
                .findFirst()
                .map(command -> new Invocation(command, run.request().values()).level())
                .orElse(0);
    }

    /** Whom a call of this level reaches today: who could decide, or take up what is proposed. */
    public List<String> callees(Escalation escalation, int level) {
        boolean isOffer = Offer.of(run).isPresent();
        return escalation.callees(level, run.requester(), electors()).stream()
                .filter(name -> !isOffer || mayTakeUp(person(site, name)))
                .toList();
    }

    /** The names of all of whom it would be heard. */
    public List<String> who(String does) {
        return site.people().values().stream()
                .filter(person -> may(person, does))
                .map(Person::name)
                .toList();
    }

    private boolean mayVote(Person person, boolean yes) {
        return refusesVote(person, yes).isEmpty();
    }

    private boolean hasClaimed(Person person) {
        return Calls.of(run)
                .flatMap(Escalation::claim)
                .filter(claim -> claim.by().equals(person.name()))
                .isPresent();
    }

    /** Once is enough. */
    private boolean hasApproved(Person person) {
        return run.votes().stream()
                .filter(Vote::yes)
                .anyMatch(vote -> vote.by().equals(person.name()));
    }

    private boolean mayAnswer(Person person) {
        var people = site.people().values();
        return policy().refusesAnswer(person, run.requester(), people).isEmpty();
    }

    private Policy policy() {
        return run.planned().orElseThrow().policy();
    }
}
