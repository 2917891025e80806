package backout.executor.compose.file;

/**
 * A variable as compose sees it, and who gave it its value. The value may be a secret: never
 * printed.
 */
record Variable(String name, String value, Origin origin) {
    sealed interface Origin {
        /** The environment of the process that runs compose: outside of every file. */
        record Shell() implements Origin {}

        /** {@code COMPOSE_PROJECT_NAME}, which compose itself sets. */
        record Project() implements Origin {}

        record Line(EnvLine line) implements Origin {}

        record Unset() implements Origin {}
    }

    boolean isSet() {
        return !(origin instanceof Origin.Unset);
    }

    @Override
    public String toString() {
        return name + "=*** " + origin.getClass().getSimpleName();
    }
}
