package backout.plan;

import backout.language.Phrase;
import backout.problem.Problem;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Something that can be rolled back, as {@code config/targets.yml} describes it.
 *
 * @param host {@code local} or {@code ssh:NAME}
 * @param policy the name of the policy in {@code config/approvals.yml}
 * @param goodAfter how long a release's checks must hold before it counts as good
 * @param soak how long the checks go on after a rollback is proven
 * @param checks further checks of this target, besides those of the command; of its lists too
 * @param settings what its kind asks for
 * @param file the one that describes it, which people are sent to
 * @param lists what else is looked at after a rollback, by itself and by people
 */
public record Target(
        TargetName name,
        String host,
        String policy,
        Duration goodAfter,
        Duration soak,
        List<String> checks,
        Settings settings,
        String file,
        List<Checklist> lists) {
    /** Of {@code config/targets.yml}, as it is shipped. */
    public Target(
            TargetName name,
            String host,
            String policy,
            Duration goodAfter,
            Duration soak,
            List<String> checks,
            Settings settings) {
        this(
                name,
                host,
                policy,
                goodAfter,
                soak,
                checks,
                settings,
                "config/targets.yml",
                List.of());
    }

    public Target {
        checks = List.copyOf(checks);
        lists = List.copyOf(lists);
    }

    /** Whether any of its lists has requests that are sent only when somebody asks. */
    public boolean hasSuite() {
        return lists.stream().anyMatch(list -> !list.suite().isEmpty());
    }

    /** What only people can see of it, each once. */
    public List<String> byHand() {
        return lists.stream().flatMap(list -> list.byHand().stream()).distinct().toList();
    }

    /** What it asks for at least before a rollback of it is confirmed. */
    public Risk risk() {
        return settings.textIfAny("risk").map(Risk::of).orElse(Risk.BUTTON);
    }

    /** Its name, and its machine where that is another than the bot's. */
    public Phrase shown() {
        return on(Phrase.verbatim(name.toString()));
    }

    /** What is said of it, with its machine where that is another than the bot's. */
    public Phrase on(Phrase said) {
        return isHere() ? said : Phrase.of("{0} on {1}", said, host);
    }

    /** Whether it is on the bot's own machine. */
    public boolean isHere() {
        return host.equals("local");
    }

    /**
     * @param known the machines that there are
     * @throws backout.problem.ProblemException when it lives on none of them
     */
    public void mustLiveOn(Collection<String> known) {
        if (!known.contains(host)) {
            throw Problem.stop(
                    Phrase.of("{0} lives on {1}, which was not known at the start", name, host),
                    Phrase.of("restart the bot; until then nothing of it is taken over"));
        }
    }
}
