package backout.init;

import backout.chat.Message;
import backout.chat.console.PipedLines;
import backout.chat.console.TextScreen;
import backout.language.Phrase;
import backout.problem.Problem;

/** Somebody answers line by line; Ctrl-C ends the process, with nothing written. */
public record Asked(TextScreen out, PipedLines lines) implements Dialog {
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
        out.ask(
                guess.isEmpty() || question.template().endsWith("]")
                        ? Phrase.of("{0}:", question)
                        : Phrase.of("{0} [{1}]:", question, guess));
        String typed =
                lines.next("")
                        .orElseThrow(() ->
                                Problem.stop(
                                        Phrase.of("the input ended; nothing was written"),
                                        Phrase.of("Say init again, or with --yes")))
                        .strip();
        out.answered();
        return typed.isEmpty() ? guess : typed;
    }
}
