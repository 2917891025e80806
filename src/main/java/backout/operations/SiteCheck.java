package backout.operations;

import backout.chat.Block;
import backout.chat.Message;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Evidence;
import backout.run.Evidence.Finding;
import backout.run.Executor;
import backout.run.Executors;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Whether a site is right: its files, and its checks on what runs now. */
public final class SiteCheck {
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private final Site site;
    private final Executors executors;
    private final Function<TargetName, Ledger> ledgers;
    private final LongSupplier nanos;

    /**
     * @param ledgers what is known of each target
     */
    public SiteCheck(
            Site site,
            Executors executors,
            Function<TargetName, Ledger> ledgers,
            LongSupplier nanos) {
        this.ledgers = ledgers;
        this.site = site;
        this.executors = executors;
        this.nanos = nanos;
    }

    /** What a site that was read without a problem holds. */
    public static Message summary(Site site) {
        Phrase text =
                Phrase.of(
                        "config is right: {0}, {1}, {2}, {3}",
                        Phrase.count(site.targets().size(), "{0} target", "{0} targets"),
                        Phrase.count(site.people().size(), "{0} person", "{0} people"),
                        Phrase.count(site.policies().size(), "{0} policy", "{0} policies"),
                        Phrase.count(site.commands().size(), "{0} command", "{0} commands"));
        return new Message(text, List.of(new Block.Text(text)));
    }

    /**
     * Reads each target's checks once on what runs now.
     *
     * @return the exit code: 0 all well, 1 one is not, 4 nobody could tell
     */
    public int live(Consumer<Message> show) {
        Set<Finding> found = EnumSet.noneOf(Finding.class);
        for (Target target : site.targets().values()) {
            Executor executor = executors.of(target);
            found.add(look(target, show));
            found.add(wayBack(target, executor, show));
        }
        if (found.contains(Finding.UNWELL)) {
            return 1;
        }
        return found.contains(Finding.UNKNOWN) ? 4 : 0;
    }

    private Finding look(Target target, Consumer<Message> show) {
        try {
            Evidence evidence =
                    executors
                            .proof(target)
                            .standing(site.checksOf(target), Deadline.in(WITHIN, nanos));
            show.accept(table(target, evidence));
            return evidence.finding();
        } catch (ProblemException e) {
            Phrase text =
                    Phrase.of(
                            "{0} could not be looked at: {1}",
                            target.shown(), e.problem().phrase());
            show.accept(new Message(text, List.of(new Block.Text(text))));
            return Finding.UNKNOWN;
        }
    }

    /** What no rollback could pass is found long before one is needed. */
    private Finding wayBack(Target target, Executor executor, Consumer<Message> show) {
        try {
            Optional<Problem> obstacle = executor.obstacle(target, ledgers.apply(target.name()));
            obstacle.ifPresent(problem -> say(show, cannot(target, problem)));
            return obstacle.isPresent() ? Finding.UNWELL : Finding.WELL;
        } catch (ProblemException e) {
            say(
                    show,
                    Phrase.of(
                            "whether {0} could be rolled back is not known: {1}",
                            target.shown(), e.problem().phrase()));
            return Finding.UNKNOWN;
        }
    }

    private static Phrase cannot(Target target, Problem problem) {
        return Phrase.of("{0} cannot be rolled back: {1}", target.shown(), problem.phrase());
    }

    private static void say(Consumer<Message> show, Phrase text) {
        show.accept(new Message(text, List.of(new Block.Text(text))));
    }

    private static Message table(Target target, Evidence evidence) {
        Phrase heading = Phrase.of("{0} is {1}", target.shown(), evidence.finding().says());
        var rows =
                evidence.rows().stream()
                        .map(row ->
                                List.of(
                                        Phrase.verbatim(row.check()),
                                        row.seen(),
                                        row.wanted(),
                                        row.finding().says()))
                        .toList();
        return new Message(
                heading,
                List.of(
                        new Block.Heading(heading),
                        Block.Table.of(
                                Phrase.NONE,
                                List.of(
                                        Phrase.of("check"),
                                        Phrase.of("seen"),
                                        Phrase.of("wanted"),
                                        Phrase.of("verdict")),
                                rows),
                        new Block.Text(advice(evidence))));
    }

    private static Phrase advice(Evidence evidence) {
        return switch (evidence.finding()) {
            case WELL -> Phrase.of("Took {0}.", evidence.took());
            case UNWELL ->
                    Phrase.of(
                            "A check that is unwell while the service is well would undo every"
                                    + " rollback: mend the check, or the service.");
            case UNKNOWN ->
                    Phrase.of(
                            "A check that cannot look proves nothing: no rollback would count as"
                                    + " proven.");
        };
    }
}
