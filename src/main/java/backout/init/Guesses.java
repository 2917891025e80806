package backout.init;

import backout.chat.Message;
import backout.chat.console.TextScreen;
import backout.language.Phrase;

/** Nobody sits there: each guess is taken and told. */
public record Guesses(TextScreen out) implements Dialog {
    @Override
    public void say(Phrase sentence) {
        out.say("", sentence);
    }

    @Override
    public void show(Message message) {
        out.show(message);
    }

    @Override
    public String ask(Phrase question, String guess) {
        out.say(
                "",
                guess.isEmpty()
                        ? Phrase.of("{0} Taken: nothing", question)
                        : Phrase.of("{0} Taken: {1}", question, guess));
        return guess;
    }
}
