package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Message;
import backout.command.Invocation;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Target;
import backout.problem.Problem;
import backout.problem.ProblemException;

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
    private final Answers answers;
    private final Set<String> looking = new HashSet<>();

    Looks(BiFunction<Target, Invocation, Plan> draft, Answers answers) {
        this.draft = draft;
        this.answers = answers;
    }

    /** A plan that nobody runs. */
    Supplier<Message> plan(Person person, Target target, Invocation wanted) {
        return of(person, () -> withNext(answers.plan(draft.apply(target, wanted)), wanted));
    }

    /** What to say for the plan to become a run. */
    private static Message withNext(Message plan, Invocation wanted) {
        var blocks = new ArrayList<>(plan.blocks());
        blocks.add(Block.Code.of(Phrase.of("To ask for it, say:"), List.of(wanted.text())));
        return new Message(plan.summary(), blocks);
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
