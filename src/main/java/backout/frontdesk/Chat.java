package backout.frontdesk;

import backout.check.Secret;
import backout.command.CommandSpec;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Settings;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.report.Room;
import backout.run.Loop;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A chat in which people reach the bot.
 *
 * @param <D> a door: what a listener serves at a path
 */
public interface Chat<D> extends AutoCloseable {
    /** Where cards are posted. */
    Room room();

    /** By the paths of the public listener that the chat knocks at. */
    Map<String, D> doors();

    /** Asks the chat who it says that this bot is. */
    String whoAmI() throws Room.Later, Room.Refused;

    /** What keeps a line to it up, each begun when everything else serves; none where it calls. */
    default List<Loop> loops() {
        return List.of();
    }

    /** Hears nothing more; what is being answered is answered, for a few seconds. */
    @Override
    default void close() {}

    /**
     * What a chat's manifest is made from.
     *
     * @param url at which the chat reaches the bot, without a path; empty where none was said
     * @param settings as in {@link Means}; empty where the chat is not enabled
     */
    record Sheet(
            List<CommandSpec> commands, String url, Optional<Settings> settings, Secrets secrets) {
        public Sheet {
            commands = List.copyOf(commands);
        }

        /** What the reference below this key leads to; empty where it leads nowhere yet. */
        public Optional<String> secret(String key) {
            return settings.flatMap(given -> secrets.of(given.text(key))).map(Secret::reveal);
        }
    }

    /** Whether the chat lets the bot do what it must, as far as the chat itself can tell. */
    default List<Diagnosis> examine() {
        return Diagnosis.asking(() -> List.of(Diagnosis.known(whoAmI())));
    }

    /**
     * Whether all that belongs to a message can be written, as far as it is no message itself.
     *
     * @param address of one that was just posted there
     */
    default List<Diagnosis> examine(String channel, String address)
            throws Room.Later, Room.Refused {
        return List.of();
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

        /** Where the chat's API is, with a slash at its end. */
        public URI address() {
            String address = settings.url(ChatKeys.ADDRESS).orElseThrow().toString();
            return URI.create(address.endsWith("/") ? address : address + "/");
        }

        /** What channels read, by their ids; in the zone of the site, as nobody says theirs. */
        public Map<String, Language> languages() {
            var read = new HashMap<String, Language>();
            settings.channels(ChatKeys.LANGUAGES)
                    .forEach((id, tag) -> read.put(id, Language.of(tag, language.zone())));
            return read;
        }
    }
}
