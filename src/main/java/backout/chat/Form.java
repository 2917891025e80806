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
     */
    public record Input(String key, Phrase label, Phrase hint, List<Option> options) {
        public Input {
            options = List.copyOf(options);
        }

        Input in(Language language) {
            return new Input(
                    key,
                    language.said(label),
                    language.said(hint),
                    options.stream().map(option -> option.in(language)).toList());
        }
    }

    /** One of the things that can be chosen. */
    public record Option(String value, Phrase label) {
        Option in(Language language) {
            return new Option(value, language.said(label));
        }
    }
}
