package backout.run;

import backout.approval.Escalation;
import backout.approval.Person;
import backout.approval.Policy;
import backout.approval.Vote;
import backout.command.Site;

import java.util.List;
import java.util.Map;

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
                || run.planned()
                        .filter(planned -> person.level() >= planned.policy().from())
                        .isPresent();
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
                    case "confirm" -> mayConfirm(person, run);
                    case "approve" -> mayVote(person, true) && !hasApproved(person);
                    case "deny" -> mayVote(person, false);
                    case "claim" -> mayVote(person, true);
                    case "giveback" -> hasClaimed(person);
                    case "nudge" -> mayNudge(person, run);
                    case "cancel" -> mayCancel(person, run);
                    case "undo", "keep" -> mayAnswer(person);
                    default -> true;
                };
    }

    /** The names of all of whom it would be heard. */
    public List<String> who(String does) {
        return site.people().values().stream()
                .filter(person -> may(person, does))
                .map(Person::name)
                .toList();
    }

    private boolean mayVote(Person person, boolean yes) {
        var people = site.people().values();
        return policy().refuses(person, run.requester(), yes, people, site.file("people.yml"))
                .isEmpty();
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
