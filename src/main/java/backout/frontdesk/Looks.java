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
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Card;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Looks at the world that people ask for, whichever face they ask by: one for each person, and few
 * at once, for a rollback needs the same machine.
 */
final class Looks {
    private static final int MOST = 4;

    private final BiFunction<Target, Invocation, Plan> draft;
    private final ShownPlans shown = new ShownPlans();
    private final Set<String> looking = new HashSet<>();

    Looks(BiFunction<Target, Invocation, Plan> draft) {
        this.draft = draft;
    }

    /** A plan that nobody runs. */
    Supplier<Message> plan(Person person, Target target, Invocation wanted) {
        return of(person, () -> withNext(draft.apply(target, wanted), wanted));
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
            throw refusal(Phrase.of("a plan that you asked for is still being made"));
        }
        if (looking.size() >= MOST) {
            throw refusal(Phrase.of("the bot looks at enough things already"));
        }
    }

    private static ProblemException refusal(Phrase what) {
        return Problem.stop(what, Phrase.of("nothing was changed; say it again in a moment"));
    }
}
