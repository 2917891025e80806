package backout.docker;

import java.util.Comparator;

/** A version of the engine API, as in {@code 1.41}. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
    /** The newest whose specification this client was held against. */
    static final ApiVersion NEWEST_KNOWN = new ApiVersion(1, 51);

    /**
     * From here on create takes several endpoints, a MAC address per endpoint, and injects no short
     * id as alias.
     */
    static final ApiVersion MANY_ENDPOINTS = new ApiVersion(1, 44);

    static ApiVersion parse(String text) {
        if (!text.matches("\\d{1,3}\\.\\d{1,4}")) {
            throw new IllegalArgumentException("not an API version: " + text);
        }
        var dot = text.indexOf('.');
        return new ApiVersion(
                Integer.parseInt(text.substring(0, dot)),
                Integer.parseInt(text.substring(dot + 1)));
    }

    boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Comparator.comparingInt(ApiVersion::major)
                .thenComparingInt(ApiVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
