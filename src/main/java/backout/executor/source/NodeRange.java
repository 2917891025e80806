package backout.executor.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range as package.json writes it, as far as the major version decides: {@code >=18 <21}, {@code
 * ^20.1 || 22.x}.
 *
 * @param either each a list of bounds that hold together
 */
record NodeRange(List<List<Bound>> either) {
    private static final Pattern BOUND =
            Pattern.compile("(>=|<=|>|<|=|\\^|~)?\\s*v?(\\d+)((?:\\.(?:\\d+|[xX*]))*)");

    /**
     * @param rest what stands after the major version
     */
    record Bound(String sign, int major, String rest) {
        boolean has(int version) {
            return switch (sign) {
                case ">=" -> version >= major;
                case ">" -> rest.isEmpty() ? version > major : version >= major;
                case "<=" -> version <= major;
                case "<" ->
                        rest.replaceAll("[.0xX*]", "").isEmpty()
                                ? version < major
                                : version <= major;
                default -> version == major;
            };
        }
    }

    /** Empty for what is written in another way. */
    static Optional<NodeRange> of(String text) {
        var either = new ArrayList<List<Bound>>();
        for (String part : text.split("\\|\\|")) {
            var bounds = new ArrayList<Bound>();
            var found = BOUND.matcher(part);
            while (found.find()) {
                String sign = found.group(1) == null ? "" : found.group(1);
                bounds.add(new Bound(sign, Integer.parseInt(found.group(2)), found.group(3)));
            }
            if (bounds.isEmpty() || !found.replaceAll("").isBlank()) {
                return Optional.empty();
            }
            either.add(bounds);
        }
        return Optional.of(new NodeRange(either));
    }

    boolean has(int major) {
        return either.stream()
                .anyMatch(bounds -> bounds.stream().allMatch(bound -> bound.has(major)));
    }
}
