package backout.chat.console;

/** What a person must type for some words to reach the bot, to be copied as it stands. */
@FunctionalInterface
public interface Hints {
    /**
     * @param words {@code approve 7F3KQ}
     * @param person who types them
     */
    String typed(String words, String person);
}
