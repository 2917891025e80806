package backout.init;

import backout.chat.Message;

/** Whoever answers the questions; where nobody sits, every guess is taken. */
public interface Dialog {
    void say(String sentence);

    void show(Message message);

    /**
     * The answer, stripped; the guess where nothing is typed or nobody sits there.
     *
     * @throws backout.problem.ProblemException when the input ends before the answer
     */
    String ask(String question, String guess);

    /** Yes or no; asked again until it is one of them. */
    default boolean agrees(String question, boolean guess) {
        while (true) {
            switch (ask(question + (guess ? " [Y/n]" : " [y/N]"), guess ? "y" : "n")) {
                case "y", "Y", "yes" -> {
                    return true;
                }
                case "n", "N", "no" -> {
                    return false;
                }
                default -> say("Answer y or n.");
            }
        }
    }
}
