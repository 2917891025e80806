package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Button;
import backout.chat.Message;
import backout.chat.Press;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;
import backout.report.ChecksNow;
import backout.report.SuitesNow;
import backout.run.Glance;
import backout.run.Played;
import backout.run.Scout;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Looks at the world that people ask for, whichever face they ask by: one for each person, and few
 * at once, for a rollback needs the same machine.
 */
final class Looks {
    private static final int MOST = 4;

    private final Scout scout;
    private final ShownPlans shown = new ShownPlans();
    private final Set<String> looking = new HashSet<>();
    private final Set<TargetName> read = new HashSet<>();

    Looks(Scout scout) {
        this.scout = scout;
    }

    Scout scout() {
        return scout;
    }

    /** What a button that says this stands for; gone with the process, as plans are. */
    Press press(String words) {
        return new Press(Card.ASK, shown.keep("", words), "");
    }

    /** A plan that nobody runs. */
    Supplier<Message> plan(Person person, List<Target> targets, Invocation wanted) {
        return of(person, () -> withNext(scout.draft(targets, wanted), wanted));
    }

    /**
     * What the checks of a target say now: they ask the service that people use, so they are read
     * by one person at a time.
     *
     * @param remark what to know besides
     * @param byHand what people saw, when the checks are read
     */
    Supplier<Message> checks(
            Person person, Target target, Phrase remark, Supplier<List<Block>> byHand) {
        return alone(
                person,
                target,
                () -> {
                    Glance glance = scout.checks(target);
                    return ChecksNow.of(target, glance, remark, byHand.get());
                });
    }

    /**
     * What came of the suites of a target; never while its checks are read.
     *
     * @param noted has them played, and writes down that
     */
    Supplier<Message> suites(
            Person person, Target target, Function<Supplier<List<Played>>, List<Played>> noted) {
        return alone(
                person,
                target,
                () -> SuitesNow.of(target, noted.apply(() -> scout.suites(target)), person.name()));
    }

    private Supplier<Message> alone(Person person, Target target, Supplier<Message> look) {
        refuseIfRead(target.name());
        return of(
                person,
                () -> {
                    beginReading(target.name());
                    try {
                        return look.get();
                    } finally {
                        endReading(target.name());
                    }
                });
    }

    private synchronized void beginReading(TargetName target) {
        refuseIfRead(target);
        read.add(target);
    }

    private synchronized void endReading(TargetName target) {
        read.remove(target);
    }

    private synchronized void refuseIfRead(TargetName target) {
        if (read.contains(target)) {
            throw refusal(Phrase.of("the checks of {0} are being read already", target));
        }
    }

    /** What to press or to say for the plan to become a run. */
    private Message withNext(Plan plan, Invocation wanted) {
        Message message = Card.ofPlan(plan);
        var blocks = new ArrayList<>(message.blocks());
        String name = shown.keep(plan.hash(), wanted.text());
        blocks.add(
                new Block.Buttons(
                        List.of(
                                new Button(
                                        Phrase.of("Ask for it"),
                                        Button.Look.PRIMARY,
                                        new Press(Card.ASK, name, plan.hash()),
                                        Phrase.NONE))));
        blocks.add(Block.Code.of(Phrase.of("To ask for it, say:"), List.of(wanted.text())));
        return new Message(message.summary(), blocks);
    }

    /**
     * What was asked for that plan.
     *
     * @throws ProblemException when nobody knows any more
     */
    String words(Press press) {
        return shown.words(press.run(), press.plan())
                .orElseThrow(() ->
                        Problem.stop(
                                Phrase.of("this plan was shown too long ago"),
                                Phrase.of("nothing was done; ask for the plan again")));
    }

    /**
     * Looks when it is asked for the answer.
     *
     * @throws ProblemException when there are enough of them now; the answer throws it too
     */
    Supplier<Message> of(Person person, Supplier<Message> look) {
        refuseIfBusy(person.name());
        return () -> {
            begin(person.name());
            try {
                return look.get();
            } finally {
                end(person.name());
            }
        };
    }

    private synchronized void begin(String person) {
        refuseIfBusy(person);
        looking.add(person);
    }

    private synchronized void end(String person) {
        looking.remove(person);
    }

    private synchronized void refuseIfBusy(String person) {
        if (looking.contains(person)) {
            throw refusal(Phrase.of("what you asked for before is still being looked at"));
        }
        if (looking.size() >= MOST) {
            throw refusal(Phrase.of("the bot looks at enough things already"));
        }
    }

    private static ProblemException refusal(Phrase what) {
        return Problem.stop(what, Phrase.of("nothing was changed; say it again in a moment"));
    }
}
