package backout.chat;

import backout.language.Language;
import backout.language.Phrase;

import java.util.List;

/**
 * What is still missing before words can be done: shown as a dialog where the chat has dialogs.
 * What is filled in comes back as {@link ChatRequest.Submitted} with the same {@code words}.
 *
 * @param title a few words
 * @param submit what the button says that hands it in
 * @param words the command as it was said so far: {@code deny RWQ2J}
 * @param plan the hash of the plan that the person was looking at; empty where none was
 */
public record Form(Phrase title, Phrase submit, String words, String plan, List<Input> inputs) {
    public Form {
        inputs = List.copyOf(inputs);
    }

    /** The same, said in this language. */
    public Form in(Language language) {
        return new Form(
                language.said(title),
                language.said(submit),
                words,
                plan,
                inputs.stream().map(input -> input.in(language)).toList());
    }

    /**
     * One thing to fill in.
     *
     * @param key the value of the command that it fills: {@code reason}
     * @param hint one sentence below it; may be empty
     * @param options what can be chosen; empty where text is typed
     * @param optional whether it may be left empty
     * @param suggested whether what may stand there can be told while it is typed
     * @param filled what stands there already; may be empty
     */
    public record Input(
            String key,
            Phrase label,
            Phrase hint,
            List<Option> options,
            boolean optional,
            boolean suggested,
            String filled) {
        public Input {
            options = List.copyOf(options);
        }

        /** One that must be filled in. */
        public Input(String key, Phrase label, Phrase hint, List<Option> options) {
            this(key, label, hint, options, false, false, "");
        }

        /** The same, but it may be left empty. */
        public Input mayBeEmpty() {
            return new Input(key, label, hint, options, true, suggested, filled);
        }

        /** The same, with this in it. */
        public Input filled(String with) {
            return new Input(key, label, hint, options, optional, suggested, with);
        }

        Input in(Language language) {
            return new Input(
                    key,
                    language.said(label),
                    language.said(hint),
                    options.stream().map(option -> option.in(language)).toList(),
                    optional,
                    suggested,
                    filled);
        }
    }

    /** One of the things that can be chosen. */
    public record Option(String value, Phrase label) {
        Option in(Language language) {
            return new Option(value, language.said(label));
        }
    }
}
