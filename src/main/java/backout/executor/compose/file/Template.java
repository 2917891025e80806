package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compose's interpolation: {@code $VAR}, {@code ${VAR}}, {@code :- - :? ? :+ +} with nested
 * operands, {@code $$}. The result is kept in pieces that know which characters of the template, or
 * which variable, they came from.
 */
final class Template {
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Pattern OPERATOR = Pattern.compile(":?[-?+]");

    /** Variables made of variables grow without end; nothing that compose reads is so long. */
    private static final long MAX_LENGTH = 1L << 20;

    private static final int MAX_DEPTH = 100;

    private final String text;
    private final Environment environment;
    private final String where;
    private int depth;

    private Template(String text, Environment environment, String where) {
        this.text = text;
        this.environment = environment;
        this.where = where;
    }

    static List<Piece> expand(String text, Environment environment, String where) {
        var template = new Template(text, environment, where);
        var pieces = template.expand(0, text.length());
        if (pieces.stream().mapToLong(piece -> piece.text().length()).sum() > MAX_LENGTH) {
            throw template.tooMuch(Phrase.of("with its variables this text is longer than 1 MiB"));
        }
        return pieces;
    }

    static String plain(String text, Environment environment, String where) {
        return Piece.join(expand(text, environment, where));
    }

    private List<Piece> expand(int from, int to) {
        var pieces = new ArrayList<Piece>();
        var literal = from;
        var at = from;
        while (at < to) {
            var next =
                    text.charAt(at) == '$' && at + 1 < to
                            ? expression(at, to, pieces, literal)
                            : at;
            if (next == at) {
                at++;
            } else {
                at = next;
                literal = next;
            }
        }
        addLiteral(pieces, literal, to);
        return pieces;
    }

    /**
     * Where the expression that starts at the dollar ends, or the dollar itself when it is just a
     * dollar.
     */
    private int expression(int dollar, int to, List<Piece> pieces, int literal) {
        var next = text.charAt(dollar + 1);
        if (next == '$') {
            addLiteral(pieces, literal, dollar);
            pieces.add(Piece.escaped(dollar, dollar + 2));
            return dollar + 2;
        }
        if (next == '{') {
            addLiteral(pieces, literal, dollar);
            return braced(dollar, to, pieces);
        }
        var name = NAME.matcher(text).region(dollar + 1, to);
        if (!name.lookingAt()) {
            return dollar;
        }
        addLiteral(pieces, literal, dollar);
        pieces.add(Piece.variable(environment.variable(name.group()), dollar, name.end()));
        return name.end();
    }

    private int braced(int dollar, int to, List<Piece> pieces) {
        var close = closing(dollar + 1, to);
        var name = NAME.matcher(text).region(dollar + 2, close);
        if (!name.lookingAt()) {
            throw badTemplate(dollar, to);
        }
        var variable = environment.variable(name.group());
        if (name.end() == close) {
            pieces.add(Piece.variable(variable, dollar, close + 1));
            return close + 1;
        }
        var operator = OPERATOR.matcher(text).region(name.end(), close);
        if (!operator.lookingAt()) {
            throw badTemplate(dollar, to);
        }
        if (++depth > MAX_DEPTH) {
            throw tooMuch(Phrase.of("there are more than {0} variables in one another", MAX_DEPTH));
        }
        var operand = expand(operator.end(), close);
        depth--;
        choose(variable, operator.group(), operand, dollar, close + 1, pieces);
        return close + 1;
    }

    private void choose(
            Variable variable,
            String operator,
            List<Piece> operand,
            int start,
            int end,
            List<Piece> pieces) {
        var present = variable.isSet() && !(operator.startsWith(":") && variable.value().isEmpty());
        if (operator.endsWith("+")) {
            pieces.addAll(present ? operand : List.of(Piece.variable(variable, start, end)));
        } else if (present) {
            pieces.add(Piece.variable(variable, start, end));
        } else if (operator.endsWith("-")) {
            pieces.addAll(operand);
        } else {
            throw Problem.stop(
                    Phrase.of(
                            "the variable {0} is required here and has no value", variable.name()),
                    where,
                    Phrase.of(
                            "set {0} in the env file or the shell that runs docker compose",
                            variable.name()));
        }
    }

    private int closing(int brace, int to) {
        var depth = 0;
        for (var at = brace; at < to; at++) {
            depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw badTemplate(brace - 1, to);
    }

    private ProblemException tooMuch(Phrase what) {
        return Problem.stop(what, where, Phrase.of("write there what it comes to, or less of it"));
    }

    private ProblemException badTemplate(int from, int to) {
        return Problem.stop(
                Phrase.of(
                        "the ${…} at character {0} is not one that compose understands", from + 1),
                where,
                Phrase.of(
                        "write ${NAME}, ${NAME:-default} or $$ for a dollar; {0} characters"
                                + " follow",
                        to - from));
    }

    private void addLiteral(List<Piece> pieces, int from, int to) {
        if (from < to) {
            pieces.add(Piece.literal(text.substring(from, to), from, to));
        }
    }
}
