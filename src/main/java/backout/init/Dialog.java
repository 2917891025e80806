package backout.init;

import backout.chat.Message;
import backout.language.Phrase;

/** Whoever answers the questions; where nobody sits, every guess is taken. */
public interface Dialog {
    void say(Phrase sentence);

    void show(Message message);

    /**
     * The answer, stripped; the guess where nothing is typed or nobody sits there.
     *
     * @throws backout.problem.ProblemException when the input ends before the answer
     */
    String ask(Phrase question, String guess);

    /** Yes or no; asked again until it is one of them. */
    default boolean agrees(Phrase question, boolean guess) {
        while (true) {
            switch (ask(
                    guess ? Phrase.of("{0} [Y/n]", question) : Phrase.of("{0} [y/N]", question),
                    guess ? "y" : "n")) {
                case "y", "Y", "yes" -> {
                    return true;
                }
                case "n", "N", "no" -> {
                    return false;
                }
                default -> say(Phrase.of("Answer y or n."));
            }
        }
    }
}
