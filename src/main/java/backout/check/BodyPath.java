package backout.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A place in a JSON body: {@code .components.redis[0].status}; empty for the body itself. */
public record BodyPath(String text) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\.[^\\s.\\[\\](){}\"]+|\\[[0-9]{1,6}])*");
    private static final Pattern PART = Pattern.compile("\\.([^.\\[]+)|\\[([0-9]+)]");

    /** Stands below the patterns: its constructor needs them. */
    static final BodyPath WHOLE = new BodyPath("");

    public BodyPath {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a path: " + text);
        }
    }

    static Optional<BodyPath> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new BodyPath(text)) : Optional.empty();
    }

    boolean isWhole() {
        return text.isEmpty();
    }

    /** The value there, or empty when the body has no such place. */
    Optional<Json> in(Json body) {
        Optional<Json> here = Optional.of(body);
        for (Part part : parts()) {
            here = here.flatMap(part::in);
        }
        return here;
    }

    /** The string there, of a body as it came; empty where it has none, or is no JSON. */
    public Optional<String> string(String body) {
        try {
            return in(JsonReader.read(body))
                    .filter(Json.Str.class::isInstance)
                    .map(found -> ((Json.Str) found).text());
        } catch (NotJson saysNothing) {
            return Optional.empty();
        }
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        var found = PART.matcher(text);
        while (found.find()) {
            String key = found.group(1);
            parts.add(
                    key == null
                            ? new Part.Index(Integer.parseInt(found.group(2)))
                            : new Part.Key(key));
        }
        return parts;
    }

    private sealed interface Part {
        record Key(String name) implements Part {}

        record Index(int number) implements Part {}

        default Optional<Json> in(Json json) {
            return switch (this) {
                case Key(var name) when json instanceof Json.Obj(var members) ->
                        Optional.ofNullable(members.get(name));
                case Index(var number)
                        when json instanceof Json.Arr(var items) && number < items.size() ->
                        Optional.of(items.get(number));
                case Key _, Index _ -> Optional.empty();
            };
        }
    }
}
