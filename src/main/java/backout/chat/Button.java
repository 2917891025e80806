package backout.chat;

import backout.language.Phrase;

/**
 * Something that can be pressed now.
 *
 * @param label one or two words: "Approve"
 * @param sure asked before it counts, where the chat can ask; empty for not at all
 */
public record Button(Phrase label, Look look, Press press, Phrase sure) {
    public Button(String label, Look look, Press press, String sure) {
        this(Phrase.verbatim(label), look, press, Phrase.verbatim(sure));
    }

    /** How much it stands out. */
    public enum Look {
        /** What is usually done next; one per message. */
        PRIMARY,
        /** Stops or takes back. */
        DANGER,
        PLAIN
    }
}
