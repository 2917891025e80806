package backout.chat;

import backout.language.Language;
import backout.language.Phrase;

/**
 * Something that can be pressed now.
 *
 * @param label one or two words: "Approve"
 * @param sure asked before it counts, where the chat can ask; empty for not at all
 */
public record Button(Phrase label, Look look, Press press, Phrase sure) {
    /** The same, said in this language. */
    public Button in(Language language) {
        return new Button(language.said(label), look, press, language.said(sure));
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
