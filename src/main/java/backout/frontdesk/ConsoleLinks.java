package backout.frontdesk;

import backout.approval.Person;
import backout.chat.Block;
import backout.chat.Message;
import backout.chat.Place;
import backout.language.Phrase;
import backout.problem.Problem;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Links that let people into the web console. Whoever has one is that person, so it is told to
 * nobody else, and stands neither in a summary, which is logged where it cannot be delivered, nor
 * in the journal.
 *
 * @param url where browsers reach the console; null where none was said
 * @param make makes the path of a link for a person, good once
 */
public record ConsoleLinks(@Nullable URI url, UnaryOperator<String> make, Duration goodFor) {
    /** No console is known. */
    static final ConsoleLinks NONE =
            new ConsoleLinks(null, UnaryOperator.identity(), Duration.ZERO);

    /** A new one for this person, who asked in a chat that tells only them. */
    Message to(Person person, Place asked) {
        if (asked.equals(Place.NOWHERE) || asked.chat().equals(Place.CONSOLE.chat())) {
            throw Problem.stop(
                    Phrase.of("a link into the console is given in a chat, to you alone"),
                    Phrase.of(
                            "on the host where the bot runs, type: bot/backout signin {0}",
                            person.name()));
        }
        if (url == null) {
            throw Problem.stop(
                    Phrase.of("nobody has said where browsers reach the console"),
                    Phrase.of(
                            "whoever operates the bot sets console.url in config/backout.yml"
                                    + " and restarts it; until then, on its host: bot/backout"
                                    + " signin {0}",
                            person.name()));
        }
        String address = url.toString().replaceAll("/+$", "") + make.apply(person.name());
        Phrase says = Phrase.of("A link into the console, for you alone");
        return new Message(
                says,
                List.of(
                        new Block.Text(says),
                        new Block.Text(Phrase.verbatim(address)),
                        new Block.Small(
                                Phrase.of(
                                        "Whoever opens it first is {0}. It works once, within {1}.",
                                        person.name(), goodFor))));
    }
}
