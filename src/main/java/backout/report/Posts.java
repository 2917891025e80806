package backout.report;

import backout.chat.Place;
import backout.run.RunId;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the messages about runs are, and how far each is. An intent is kept before a message is
 * posted, so that one whose answer was lost is looked for and not posted twice.
 */
public interface Posts {
    /** Which of a run's messages. */
    enum Kind {
        /** The card, where the command was typed. */
        CARD,
        /** The card once more, because the first was deleted or is another's by now. */
        RENEWED,
        /** The outcome, in the channels that {@code config/chat.yml} lists. */
        ANNOUNCEMENT,
        /** A call to one person alone; its place is the event that calls and the person. */
        CALL;

        /** Whether it is edited until the run is over, with a thread below it. */
        boolean isCard() {
            return this == CARD || this == RENEWED;
        }
    }

    /**
     * @param address the chat's own; empty while it is not known to be posted
     * @param shown how many of the run's events the message shows
     * @param told how many of them its thread tells
     * @param over why nothing more is sent; empty while more may be
     */
    record Post(
            RunId run,
            Kind kind,
            Place place,
            Optional<String> address,
            int shown,
            int told,
            String over) {
        /** Names the message for ever: {@code card-RWQ2J}. */
        public String key() {
            return kind.name().toLowerCase(Locale.ROOT) + "-" + run;
        }

        /** Tells it from those of the same name in other channels. */
        String name() {
            return key() + "@" + place.text();
        }

        /** The same, now at this address. */
        public Post at(String address) {
            return new Post(run, kind, place, Optional.of(address), shown, told, over);
        }

        public Post shown(int events) {
            return new Post(run, kind, place, address, events, told, over);
        }

        public Post told(int events) {
            return new Post(run, kind, place, address, shown, events, over);
        }

        public Post over(String why) {
            return new Post(run, kind, place, address, shown, told, why);
        }
    }

    /** All of a chat to which something may still have to be sent, the oldest first. */
    List<Post> open(String chat);

    /**
     * Those of them that lack something: they are not posted yet, their run has more events than
     * they show or tell, or is over. However many wait, they cost nothing here.
     */
    List<Post> lacking(String chat);

    /**
     * Keeps the intent to post it. On disk on return.
     *
     * @return false when it was there already; nothing was changed
     */
    boolean begin(Post post);

    /**
     * Keeps how far it is; the run, kind and place say which one it is.
     *
     * @throws IllegalArgumentException when it was never begun
     */
    void keep(Post post);
}
