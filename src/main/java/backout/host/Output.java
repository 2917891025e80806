package backout.host;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command wrote to one of its two streams, its last part when it was more than was to be
 * kept.
 */
public final class Output {
    private final byte[] bytes;
    private final boolean isWhole;

    Output(byte[] bytes, boolean isWhole) {
        this.bytes = bytes;
        this.isWhole = isWhole;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** One whose beginning was dropped is left out: nobody could see what it is about. */
    public List<String> lines() {
        var lines = new ArrayList<>(text().lines().toList());
        if (!isWhole && !lines.isEmpty()) {
            lines.set(0, "…");
        }
        return List.copyOf(lines);
    }

    /** False when the beginning was dropped, or when the end could not be waited for. */
    public boolean isWhole() {
        return isWhole;
    }

    /** Sizes only: what a command prints can hold secrets. */
    @Override
    public String toString() {
        return bytes.length + " bytes" + (isWhole ? "" : ", not all");
    }
}
