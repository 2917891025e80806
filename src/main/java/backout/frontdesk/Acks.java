package backout.frontdesk;

import backout.approval.Person;
import backout.chat.ChatRequest;
import backout.chat.Message;
import backout.language.Phrase;

import java.time.Instant;
import java.util.List;

/**
 * Who pressed the button of a test message, so that the process which sent it learns of it from the
 * one that serves.
 */
public interface Acks {
    /** The press of such a button; no command has that name. */
    String PRESS = "test";

    /** Somebody pressed it. */
    record Ack(String person, Instant at) {}

    /** Keeps it; pressed twice the first counts. */
    void heard(String test, String person, Instant at);

    /** Keeps it, and thanks for it. */
    default Reply take(ChatRequest.Pressed pressed, Person person, Instant at) {
        heard(pressed.press().run(), person.name(), at);
        return new Reply.Told(Message.line(Phrase.of("Thank you, that arrived.")));
    }

    /** In the order in which they came. */
    List<Ack> of(String test);
}
