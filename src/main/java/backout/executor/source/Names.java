package backout.executor.source;

/** How commits are called where people read them. */
final class Names {
    private static final int LETTERS = 12;

    private Names() {}

    static String brief(String commit) {
        return commit.substring(0, Math.min(LETTERS, commit.length()));
    }
}
