package backout.config;

/** How a level is written: {@code L0} to {@code L3}. */
final class Levels {
    private Levels() {}

    static int of(String text) {
        return Integer.parseInt(text.substring(1));
    }
}
