package backout.demo;

/** Somebody asked for the end; all that is left to do is to clean up. */
final class Stopped extends RuntimeException {
    /** For whoever goes on with something that takes a while. */
    static void check(Stage stage) {
        if (stage.isStopped()) {
            throw new Stopped();
        }
    }
}
