package backout.target.compose.file;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ways to make an image resolve to the wanted one, smallest first: the one piece of the
 * template that has to change, be it an env line or a few characters of the scalar, and last the
 * whole scalar.
 */
final class Candidates {
    private static final Pattern LIKE_A_NUMBER_OR_WORD =
            Pattern.compile(
                    "[-+.0-9][-+.0-9_:xXoObBeE]*|(?i:true|false|yes|no|on|off|y|n|null|~|)");
    private static final Pattern KEY_BEFORE =
            Pattern.compile("[\\s\\-]*[\\w.\"'-]+\\s*:\\s*(?:[&!]\\S*\\s+)*[\"']?");

    private Candidates() {}

    static List<Candidate> of(Definition.Image image, String wanted) {
        var found = new ArrayList<Candidate>();
        var scalar = image.scalar();
        pieces(image.pieces(), wanted, scalar, null, found);
        found.addAll(wholeScalar(image, wanted));
        return found;
    }

    /** The scalar alone, for a service that shall no longer follow a shared variable. */
    static List<Candidate> wholeScalar(Definition.Image image, String wanted) {
        var scalar = image.scalar();
        if (scalar.block() && !scalar.exact()) {
            return List.of();
        }
        var notes =
                image.pieces().stream().anyMatch(piece -> piece.variable() != null)
                        ? List.of(
                                Phrase.of(
                                        "{0} is replaced by a plain text: no single variable leads"
                                                + " to the wanted image",
                                        scalar.value().strip()))
                        : List.<Phrase>of();
        return inScalar(scalar, wanted, notes);
    }

    private static void pieces(
            List<Piece> pieces,
            String wanted,
            @Nullable Scalar scalar,
            @Nullable EnvLine line,
            List<Candidate> found) {
        for (var index = pieces.size() - 1; index >= 0; index--) {
            var before = Piece.join(pieces.subList(0, index));
            var after = Piece.join(pieces.subList(index + 1, pieces.size())).stripTrailing();
            if (!wanted.startsWith(before)
                    || !wanted.endsWith(after)
                    || wanted.length() <= before.length() + after.length()) {
                continue;
            }
            var middle = wanted.substring(before.length(), wanted.length() - after.length());
            var piece = pieces.get(index);
            if (piece.variable() != null) {
                variable(piece.variable(), middle, found);
            } else if (piece.editable() && scalar != null && scalar.exact()) {
                found.addAll(inScalar(scalar, piece, middle));
            } else if (piece.editable() && line != null && line.exact()) {
                found.add(inLine(line, piece.start(), piece.end(), middle));
            }
        }
    }

    private static void variable(Variable variable, String wanted, List<Candidate> found) {
        if (variable.origin() instanceof Variable.Origin.Line(var line)) {
            if (!isSingleText(line)) {
                pieces(line.pieces(), wanted, null, line, found);
            }
            found.add(inLine(line, 0, line.end() - line.start(), wanted));
        }
    }

    private static boolean isSingleText(EnvLine line) {
        return line.pieces().size() == 1
                && line.pieces().getFirst().variable() == null
                && line.pieces().getFirst().start() == 0;
    }

    private static List<Candidate> inScalar(Scalar scalar, Piece piece, String text) {
        var value = scalar.raw();
        var from = piece.start();
        var to = Math.min(piece.end(), value.length());
        return inScalar(scalar, value.substring(0, from) + text + value.substring(to), List.of());
    }

    /** As it is and, where a plain scalar would then mean something else, in quotes. */
    private static List<Candidate> inScalar(Scalar scalar, String raw, List<Phrase> notes) {
        var length = scalar.end() - scalar.start();
        var quoted = scalar.splice(0, length, "\"" + raw + "\"");
        var bare = scalar.splice(0, length, raw);
        if (!scalar.plain()) {
            return List.of(candidate(scalar, bare, raw, notes));
        }
        return LIKE_A_NUMBER_OR_WORD.matcher(raw).matches()
                ? List.of(candidate(scalar, quoted, "\"" + raw + "\"", notes))
                : List.of(
                        candidate(scalar, bare, raw, notes),
                        candidate(scalar, quoted, "\"" + raw + "\"", notes));
    }

    private static Candidate candidate(
            Scalar scalar, SourceFile after, String raw, List<Phrase> notes) {
        var shown = shown(scalar.file(), scalar.start(), scalar.raw(), raw);
        return new Candidate(scalar.file(), after, scalar.line(), scalar.start(), shown, notes);
    }

    private static Candidate inLine(EnvLine line, int from, int to, String text) {
        var after = line.file().splice(line.start() + from, line.start() + to, text);
        var raw = line.file().text().substring(line.start(), line.end());
        var changed = raw.substring(0, from) + text + raw.substring(to);
        var shown =
                Stream.of("- " + line.name() + "=" + raw, "+ " + line.name() + "=" + changed)
                        .reduce((one, other) -> one + "\n" + other)
                        .orElseThrow();
        return new Candidate(line.file(), after, line.line(), line.start(), shown, List.of());
    }

    private static String shown(SourceFile file, int start, String before, String after) {
        var text = file.text();
        var lead = text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
        var key = KEY_BEFORE.matcher(lead).matches() || lead.isBlank() ? lead : "… ";
        return "- " + key + before + "\n+ " + key + after;
    }
}
