package backout.report;

import backout.approval.Person;
import backout.check.Secret;
import backout.language.Phrase;
import backout.plan.Secrets;
import backout.plan.Setting;
import backout.plan.Settings;
import backout.problem.Problem;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One kind of receivers.
 *
 * @param name below which they are named in {@code config/notices.yml}: {@code mail} of {@code
 *     mail/oncall}
 * @param settings its keys, besides those of every receiver
 * @param mistakes what is wrong in one although each key is right, by key
 * @param calls why it cannot call that person; nothing where it can
 * @param open begins nothing yet
 */
public record ReceiverKind(
        String name,
        List<Setting> settings,
        Function<Settings, Map<String, Problem>> mistakes,
        Function<Person, Optional<Problem>> calls,
        Function<Means, Receiver> open) {
    /** What it is told. */
    public static final String TELLS = "tells";

    /** Of which targets. */
    public static final String TARGETS = "targets";

    /** In which language. */
    public static final String LANGUAGE = "language";

    public ReceiverKind {
        settings = List.copyOf(settings);
    }

    /**
     * What a receiver is made of.
     *
     * @param place where it is declared, for people: {@code config/notices.yml mail/oncall}
     */
    public record Means(String place, Settings settings, Secrets secrets, InstantSource clock) {
        /** What the reference below this key leads to, at this moment; empty for none given. */
        public Optional<Secret> secretIfAny(String key) throws Room.Refused {
            Optional<String> reference = settings.textIfAny(key);
            return reference.isEmpty() ? Optional.empty() : Optional.of(secret(key));
        }

        /**
         * What the reference below this key leads to, at this moment.
         *
         * @throws Room.Refused when it leads nowhere
         */
        public Secret secret(String key) throws Room.Refused {
            String reference = settings.text(key);
            Optional<Secret> found = secrets.of(reference);
            if (found.isEmpty()) {
                throw refused(
                        key,
                        Phrase.of("{0} holds nothing", reference),
                        Phrase.of("set it; what is to be told waits until then"));
            }
            return found.get();
        }

        /** Nothing is taken until this is mended. */
        public Room.Refused refused(String key, Phrase what, Phrase next) {
            return new Room.Refused(new Problem(what, place + " " + key, next));
        }

        /** Only this message will never be taken. */
        public Room.Refused refusedThis(Phrase what, Phrase next) {
            return new Room.Refused(new Problem(what, place, next), Room.Gone.MESSAGE);
        }
    }

    /** One as the configuration says. */
    public record Declared(ReceiverKind kind, String name, Settings settings) {
        /** What it wants to hear. */
        public Wants wants() {
            List<String> words =
                    settings.values().containsKey(TELLS)
                            ? settings.texts(TELLS)
                            : Happening.words();
            return Wants.of(words, settings.texts(TARGETS));
        }

        /** Begins nothing yet. */
        public Receiver open(String place, Secrets secrets, InstantSource clock) {
            return kind.open().apply(new Means(place, settings, secrets, clock));
        }
    }
}
