package backout.report;

import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.run.Observer;

import java.time.Duration;
import java.util.Optional;

/**
 * A chat that cards are posted to and edited in. Each call goes out once with a deadline and is
 * never repeated by the room itself: the {@link Publisher} decides what is tried again, and when. A
 * channel may be a thread in one, as {@link backout.chat.Place#below} names it.
 */
public interface Room {
    /** As in {@link backout.chat.Place#chat}: {@code slack}. */
    String chat();

    /** Whether this is a talk between two, in which nobody else reads anything. */
    boolean isDirect(String channel);

    /**
     * Posts to a channel.
     *
     * @param key names this message for ever; {@link #find} finds it by that
     * @return the chat's own address of the message, unique in its channel
     */
    String post(String channel, String key, Message message) throws Later, Refused;

    /**
     * Looks whether a message was posted although its answer never arrived; empty when it was not.
     */
    Optional<String> find(String channel, String key) throws Later, Refused;

    /** Shows this message instead. */
    void edit(String channel, String address, Message message) throws Later, Refused;

    /** Adds to the thread below a message. */
    void reply(String channel, String address, Message message) throws Later, Refused;

    /**
     * The same; everybody in the channel sees it too, where the chat can: the reply itself or,
     * where it shows none there, a message of its own that leads to the card.
     *
     * @param loud what that message says; empty where it is not for them all
     */
    default void tell(String channel, String address, Message message, Optional<Message> loud)
            throws Later, Refused {
        reply(channel, address, message);
    }

    /**
     * Tells one person alone, in that channel. May be lost: chats do not keep it.
     *
     * @param person as {@code config/people.yml} names them
     */
    void whisper(String channel, String person, Message message) throws Later, Refused;

    /**
     * Writes to one person, wherever they are; the chat keeps it.
     *
     * @param person as {@code config/people.yml} names them
     */
    void direct(String person, Message message) throws Later, Refused;

    /** One of the calls above that answers something. */
    interface Asking<T> {
        T ask() throws Later, Refused;
    }

    /** One of those that do not. */
    interface Telling {
        void tell() throws Later, Refused;
    }

    /** Makes a call and tells what came of it; {@code name} is that of the method. */
    default void counted(Observer observer, String name, Telling call) throws Later, Refused {
        var _ =
                answered(
                        observer,
                        name,
                        () -> {
                            call.tell();
                            return name;
                        });
    }

    /** The same, for a call that answers something. */
    default <T> T answered(Observer observer, String name, Asking<T> call) throws Later, Refused {
        var result = Observer.Delivery.LATER;
        try {
            T answer = call.ask();
            result = Observer.Delivery.OK;
            return answer;
        } catch (Refused refused) {
            result = Observer.Delivery.REFUSED;
            throw refused;
        } finally {
            observer.delivered(chat(), name, result);
        }
    }

    /** Not now: too many calls, no answer in time, the chat's own fault. It may have been done. */
    final class Later extends Exception {
        private final transient Phrase why;
        private final Duration after;
        private final String place;

        /**
         * Of the whole chat.
         *
         * @param after how long the chat wants to be left alone, zero where it did not say
         */
        public Later(Phrase why, Duration after) {
            this(why, after, "");
        }

        /**
         * @param place the channel or the message that alone takes nothing of this kind; empty for
         *     all of the chat
         */
        public Later(Phrase why, Duration after, String place) {
            super(why.toString());
            this.why = why;
            this.after = after;
            this.place = place;
        }

        /** Empty where it is all of the chat. */
        public String place() {
            return place;
        }

        public Phrase why() {
            return why;
        }

        public Duration after() {
            return after;
        }
    }

    /** What is not there any more, where something is refused. */
    enum Gone {
        /** Nothing: it is refused for another reason. */
        NOTHING,
        /** The message: deleted, or another's by now. The channel takes others. */
        MESSAGE,
        /** The channel: deleted, archived, or the bot is not in it. */
        CHANNEL,
        /**
         * The way in: the bot's token is no longer good, or something between lets nobody through.
         * Somebody mends that one day, and what was to be told is told then.
         */
        WAY_IN
    }

    /** Never, as things are: the channel is gone, the bot is not in it, its token is not good. */
    final class Refused extends Exception {
        private final transient Problem problem;
        private final Gone gone;

        public Refused(Problem problem) {
            this(problem, Gone.NOTHING);
        }

        public Refused(Problem problem, Gone gone) {
            super(problem.toString());
            this.problem = problem;
            this.gone = gone;
        }

        public Gone gone() {
            return gone;
        }

        public Problem problem() {
            return problem;
        }

        /** Where the way in is mended one day, all waits until then; else empty. */
        Optional<Later> untilMended() {
            return gone == Gone.WAY_IN
                    ? Optional.of(new Later(problem.phrase(), Duration.ZERO))
                    : Optional.empty();
        }
    }
}
