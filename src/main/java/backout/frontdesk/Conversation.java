package backout.frontdesk;

import backout.chat.ChatRequest;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hands to the front desk what people ask of a face, and has them told what came of it. */
public final class Conversation {
    private static final Logger log = LoggerFactory.getLogger(Conversation.class);

    private static final Problem OUR_FAULT =
            Problem.of(
                    Phrase.of(
                            "this is a fault of Backout, and whether anything was done cannot be"
                                    + " said here"),
                    Phrase.of("see: status; the log of the bot says more"));

    private static final Phrase AGAIN = Phrase.of("nothing was changed; say it again in a moment");

    private static final Problem OUR_FAULT_AT_A_LOOK =
            Problem.of(Phrase.of("Backout itself stumbled; its log says where"), AGAIN);

    private static final Problem STOPPING =
            Problem.of(Phrase.of("Backout is being stopped"), AGAIN);

    private final Function<ChatRequest, Reply> desk;
    private final Executor looking;

    /**
     * @param desk takes a request and returns once it is journalled
     * @param looking works on answers that take a look at the world
     */
    public Conversation(Function<ChatRequest, Reply> desk, Executor looking) {
        this.desk = desk;
        this.looking = looking;
    }

    /**
     * Always ends with the person being told; throws nothing of its own.
     *
     * @param who for the log
     * @param request may be refused already where it is made, as of a stranger
     */
    public void take(String who, Supplier<? extends ChatRequest> request, Answerer answerer) {
        guarded(
                who,
                OUR_FAULT,
                answerer,
                () -> give(desk.apply(request.get()), answerer, look -> look(who, answerer, look)));
    }

    /**
     * Tells what came of a request, in this thread.
     *
     * @throws ProblemException when there is no answer
     */
    public static void give(Reply reply, Answerer answerer) {
        give(reply, answerer, Runnable::run);
    }

    private static void give(Reply reply, Answerer answerer, Executor looking) {
        switch (reply) {
            case Reply.Told(var message) -> answerer.tell(message);
            case Reply.OfTarget(var _, var message) -> answerer.tell(message);
            case Reply.OfRun(var run, var said) -> answerer.lead(run, said);
            case Reply.Ask(var form, var otherwise) -> answerer.ask(form, otherwise);
            case Reply.Later(var said, var answer) -> {
                answerer.promise(said);
                looking.execute(() -> answerer.tell(answer.get()));
            }
        }
    }

    private void look(String who, Answerer answerer, Runnable look) {
        try {
            looking.execute(() -> guarded(who, OUR_FAULT_AT_A_LOOK, answerer, look));
        } catch (RejectedExecutionException e) {
            answerer.refuse(List.of(STOPPING));
        }
    }

    private static void guarded(String who, Problem fault, Answerer answerer, Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            answerer.refuse(e.problems());
        } catch (RuntimeException e) {
            log.error("what {} asked for could not be worked on: our own fault", who, e);
            answerer.refuse(List.of(fault));
        }
    }
}
