package backout.executor.compose.file;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A part of an expanded template: the characters {@code start..end} of the template gave {@code
 * text}.
 *
 * @param editable whether those characters are the text itself, so that they may be replaced alone
 * @param variable where the text is a variable's value
 */
record Piece(String text, int start, int end, boolean editable, @Nullable Variable variable) {
    static Piece literal(String text, int start, int end) {
        return new Piece(text, start, end, true, null);
    }

    static Piece escaped(int start, int end) {
        return new Piece("$", start, end, false, null);
    }

    static Piece variable(Variable variable, int start, int end) {
        return new Piece(variable.value(), start, end, false, variable);
    }

    /** Variables that no file gives a value, by name: the shell of whoever deploys may. */
    Stream<String> loose() {
        var names = new LinkedHashSet<String>();
        // a line that many others are made of is looked at once
        var seen = new HashSet<EnvLine>();
        var queue = new ArrayDeque<>(List.of(this));
        while (!queue.isEmpty()) {
            var variable = queue.remove().variable();
            if (variable == null) {
                continue;
            }
            switch (variable.origin()) {
                case Variable.Origin.Shell(), Variable.Origin.Unset() -> names.add(variable.name());
                case Variable.Origin.Line(var line) -> {
                    if (seen.add(line)) {
                        queue.addAll(line.pieces());
                    }
                }
                case Variable.Origin.Project() -> {
                    // compose itself gives it a value
                }
            }
        }
        return names.stream();
    }

    static String join(List<Piece> pieces) {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }
}
