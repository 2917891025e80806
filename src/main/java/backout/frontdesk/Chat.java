package backout.frontdesk;

import backout.check.Secret;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Room;

import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A chat in which people reach the bot.
 *
 * @param <D> a door: what a listener serves at a path
 */
public interface Chat<D> {
    /** Where cards are posted. */
    Room room();

    /** By the paths of the public listener that the chat knocks at. */
    Map<String, D> doors();

    /** Asks the chat who it says that this bot is. */
    String whoAmI() throws Room.Later, Room.Refused;

    /** Whether the chat lets the bot do what it must, as far as the chat itself can tell. */
    default List<Diagnosis> examine() {
        try {
            return List.of(Diagnosis.well(Phrase.of("the token is that of {0}", whoAmI())));
        } catch (Room.Refused e) {
            return List.of(Diagnosis.unwell(e.problem().what(), e.problem().next()));
        } catch (Room.Later e) {
            return List.of(Diagnosis.unknown(e.why(), Phrase.of("try again in a minute")));
        }
    }

    /**
     * What a chat is made of.
     *
     * @param settings those that it declared, by the keys that it gave them
     * @param language of the site
     * @param nanos a clock that only goes forward
     */
    record Means(
            ChatKeys keys,
            Settings settings,
            Secrets secrets,
            Language language,
            Bot bot,
            LongSupplier nanos) {
        /**
         * What the reference below this key leads to.
         *
         * @throws ProblemException when it leads nowhere
         */
        public Secret secret(String key) {
            String reference = settings.text(key);
            return secrets.of(reference)
                    .orElseThrow(() ->
                            new ProblemException(
                                    new Problem(
                                            Phrase.of("{0} holds nothing", reference),
                                            bot.site().file("chat.yml")
                                                    + " "
                                                    + keys.name()
                                                    + "."
                                                    + key,
                                            Phrase.of(
                                                    "set it before the bot starts, or switch {0}"
                                                            + " off there: enabled: no",
                                                    keys.called()))));
        }
    }
}
