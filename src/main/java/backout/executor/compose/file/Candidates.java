package backout.executor.compose.file;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            Pattern.compile("[\\s\\-]*+[\\w.\"'-]++\\s*+:\\s*+(?:[&!]\\S*+\\s++){0,8}+[\"']?");

    /** What compose itself obeys: its project, its files, its profiles. */
    private static final String OF_COMPOSE = "COMPOSE_";

    /** Of variables that are made of variables. */
    private static final int MAX_DEPTH = 20;

    private final List<Candidate> parts = new ArrayList<>();
    private final List<Candidate> wholes = new ArrayList<>();

    /** Lines and what is wanted of them: many ways can lead to one. */
    private final Set<String> asked = new HashSet<>();

    private int depth;

    private Candidates() {}

    /** A text in the template or in an env line behind it: every variable around it stays. */
    static List<Candidate> parts(Definition.Image image, String wanted) {
        return new Candidates().in(image, wanted).parts;
    }

    /** An env line or the whole scalar, which then follows no variable any more. */
    static List<Candidate> wholes(Definition.Image image, String wanted) {
        var wholes = new Candidates().in(image, wanted).wholes;
        var scalar = image.scalar();
        if (!scalar.block() || scalar.exact()) {
            var text = scalar.value().strip();
            var decided = decidesNoLonger(image.pieces(), text);
            wholes.addAll(
                    inScalar(scalar, wanted, decided.isEmpty() ? plainText(image, text) : decided));
        }
        return wholes;
    }

    private Candidates in(Definition.Image image, String wanted) {
        pieces(image.pieces(), wanted, image.scalar(), null);
        return this;
    }

    private static List<Phrase> decidesNoLonger(List<Piece> pieces, String text) {
        var loose = pieces.stream().flatMap(Piece::loose).distinct().sorted().toList();
        return loose.isEmpty()
                ? List.of()
                : List.of(
                        Phrase.of(
                                "no file sets {0}, so it came from the shell that ran docker"
                                        + " compose; it decides this image no longer until {1} is"
                                        + " written back",
                                Phrase.list(loose), text));
    }

    private static List<Phrase> plainText(Definition.Image image, String text) {
        return image.pieces().stream().anyMatch(piece -> piece.variable() != null)
                ? List.of(
                        Phrase.of(
                                "{0} is replaced by a plain text: no single variable leads to the"
                                        + " wanted image",
                                text))
                : List.of();
    }

    private void pieces(
            List<Piece> pieces, String wanted, @Nullable Scalar scalar, @Nullable EnvLine line) {
        for (var index = pieces.size() - 1; index >= 0; index--) {
            var around = new ArrayList<>(pieces);
            var piece = around.remove(index);
            var before = Piece.join(pieces.subList(0, index));
            var after = Piece.join(pieces.subList(index + 1, pieces.size())).stripTrailing();
            if (!wanted.startsWith(before)
                    || !wanted.endsWith(after)
                    || wanted.length() <= before.length() + after.length()
                    // what the next shell sets would be glued to the new text
                    || around.stream().flatMap(Piece::loose).findAny().isPresent()) {
                continue;
            }
            var middle = wanted.substring(before.length(), wanted.length() - after.length());
            if (piece.variable() != null) {
                variable(piece.variable(), middle);
            } else if (piece.editable() && scalar != null && scalar.exact()) {
                parts.addAll(inScalar(scalar, piece, middle));
            } else if (piece.editable() && line != null && line.exact()) {
                parts.add(inLine(line, piece.start(), piece.end(), middle, List.of()));
            }
        }
    }

    private void variable(Variable variable, String wanted) {
        if (!(variable.origin() instanceof Variable.Origin.Line(var line))
                || line.name().startsWith(OF_COMPOSE)
                || depth > MAX_DEPTH
                || !asked.add(line.start() + " " + line.file().path() + " " + wanted)) {
            return;
        }
        var raw = line.file().text().substring(line.start(), line.end());
        var notes = decidesNoLonger(line.pieces(), line.name() + "=" + raw);
        var whole = inLine(line, 0, raw.length(), wanted, notes);
        if (!isSingleText(line)) {
            depth++;
            pieces(line.pieces(), wanted, null, line);
            depth--;
        }
        var follows = line.pieces().stream().anyMatch(piece -> piece.variable() != null);
        (follows ? wholes : parts).add(whole);
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
        return new Candidate(scalar.file(), after, scalar.line(), scalar.start(), shown, "", notes);
    }

    private static Candidate inLine(
            EnvLine line, int from, int to, String text, List<Phrase> notes) {
        var after = line.file().splice(line.start() + from, line.start() + to, text);
        var raw = line.file().text().substring(line.start(), line.end());
        var changed = raw.substring(0, from) + text + raw.substring(to);
        var shown =
                Stream.of("- " + line.name() + "=" + raw, "+ " + line.name() + "=" + changed)
                        .reduce((one, other) -> one + "\n" + other)
                        .orElseThrow();
        return new Candidate(
                line.file(), after, line.line(), line.start(), shown, line.name(), notes);
    }

    private static String shown(SourceFile file, int start, String before, String after) {
        var text = file.text();
        var lead = text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
        var key = KEY_BEFORE.matcher(lead).matches() || lead.isBlank() ? lead : "… ";
        return "- " + key + before + "\n+ " + key + after;
    }

    /**
     * A way to change an image: other characters at one place of one file. Not verified yet.
     *
     * @param variable the one that the env line sets; empty for a place in a compose file
     */
    record Candidate(
            SourceFile before,
            SourceFile after,
            int line,
            int start,
            String shown,
            String variable,
            List<Phrase> notes) {
        Candidate {
            notes = List.copyOf(notes);
        }
    }
}
