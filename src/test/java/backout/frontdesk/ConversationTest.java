package backout.frontdesk;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.ChatRequest;
import backout.chat.Form;
import backout.chat.Message;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.RunId;

import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

class ConversationTest {
    private static final Problem PROBLEM =
            Problem.of(Phrase.of("there is no such target"), Phrase.of("say: status"));
    private static final Form FORM =
            new Form(Phrase.of("Why?"), Phrase.of("Deny"), "deny 7F3KQ", "", List.of());
    private static final RunId RUN = new RunId("7F3KQ");

    private final Queue<Runnable> looks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    /** A face without anything of its own. */
    private final Answerer plain = message -> told.add(message.summary().toString());

    private void asks(Function<ChatRequest, Reply> desk) {
        new Conversation(desk, looks::add).take("li", ConversationTest::request, plain);
    }

    private static ChatRequest request() {
        return ChatRequest.Typed.once("test", "li", "status");
    }

    private static Message message(String says) {
        return Message.line(Phrase.verbatim(says));
    }

    @Test
    void what_is_known_is_told() {
        asks(_ -> new Reply.Told(message("nothing runs")));
        asks(_ -> new Reply.OfTarget(new TargetName("sim", "one"), message("unlocked")));
        asks(_ -> new Reply.OfRun(RUN, Phrase.of("that is run {0} already", RUN)));
        assertThat(told).containsExactly("nothing runs", "unlocked", "that is run 7F3KQ already");
    }

    @Test
    void what_is_looked_for_is_promised_first() {
        asks(_ -> new Reply.Later(Phrase.verbatim("looking"), () -> message("the plan")));
        assertThat(told).containsExactly("looking");
        looks.remove().run();
        assertThat(told).containsExactly("looking", "the plan");
    }

    @Test
    void what_is_refused_is_told_wherever_that_turns_out() {
        asks(_ -> {
            throw new ProblemException(PROBLEM);
        });
        new Conversation(_ -> new Reply.Told(message("never")), looks::add)
                .take(
                        "a stranger",
                        () -> {
                            throw new ProblemException(PROBLEM);
                        },
                        plain);
        asks(_ -> new Reply.Ask(FORM, PROBLEM));
        asks(_ ->
                new Reply.Later(
                        Phrase.verbatim("looking"),
                        () -> {
                            throw new ProblemException(PROBLEM);
                        }));
        looks.remove().run();
        String refusal = PROBLEM.phrase().toString();
        assertThat(told).containsExactly(refusal, refusal, refusal, "looking", refusal);
    }

    @Test
    void a_fault_of_ours_is_told_without_what_it_says() {
        asks(_ -> {
            throw new IllegalStateException("secret");
        });
        asks(_ ->
                new Reply.Later(
                        Phrase.verbatim("looking"),
                        () -> {
                            throw new IllegalStateException("secret");
                        }));
        looks.remove().run();
        assertThat(told.getFirst()).contains("fault of Backout").contains("cannot be said here");
        assertThat(told.getLast()).contains("stumbled").contains("nothing was changed");
        assertThat(String.join("", told)).doesNotContain("secret");
    }

    @Test
    void who_asks_for_a_look_while_it_stops_is_told_so() {
        var stopping =
                new Conversation(
                        _ -> new Reply.Later(Phrase.verbatim("looking"), () -> message("never")),
                        _ -> {
                            throw new RejectedExecutionException();
                        });
        stopping.take("li", ConversationTest::request, plain);
        assertThat(told.getLast()).contains("being stopped").contains("nothing was changed");
    }
}
