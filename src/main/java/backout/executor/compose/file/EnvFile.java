package backout.executor.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an env file as compose does: {@code export}, comments, quotes over several lines, {@code :}
 * for {@code =}, interpolation in all but single quotes; keeps where each value stands. Syntax:
 * https://docs.docker.com/compose/how-tos/environment-variables/variable-interpolation/
 */
final class EnvFile {
    private static final Pattern EXPORT = Pattern.compile("export[\\s&&[^\\n]]+(?=\\S)");
    private static final Pattern BYTE = Pattern.compile("[0-3][0-7]{2}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:0[0-9]{0,3}|[abcfnrtv$\"\\\\])");

    private final SourceFile file;
    private final String text;
    private final Places places;
    private final Environment outside;
    private final Map<String, Variable> variables = new HashMap<>();
    private final List<EnvLine> lines = new ArrayList<>();
    private final Environment lookup;
    private int at;

    private EnvFile(SourceFile file, Environment outside) {
        this.file = file;
        this.text = file.text();
        this.places = new Places(text);
        this.outside = outside;
        this.lookup = outside.orElse(variables);
    }

    /**
     * @param outside wins in {@code ${…}} over what this file says itself
     */
    static Map<String, Variable> read(SourceFile file, Environment outside) {
        var reading = new EnvFile(file, outside);
        reading.all();
        return reading.variables;
    }

    /** Every assignment in order, those that a later one overrides included. */
    static List<EnvLine> lines(SourceFile file, Environment outside) {
        var reading = new EnvFile(file, outside);
        reading.all();
        return List.copyOf(reading.lines);
    }

    private void all() {
        at = text.startsWith("\uFEFF") ? 1 : 0;
        while (skipToStatement()) {
            statement();
        }
    }

    private boolean skipToStatement() {
        while (at < text.length()) {
            var c = text.codePointAt(at);
            if (c == '#') {
                at = lineEnd(at);
            } else if (isSpace(c) || c == '\n') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void statement() {
        var export = EXPORT.matcher(text).region(at, text.length());
        if (export.lookingAt()) {
            at = export.end();
        }
        var start = at;
        while (at < text.length() && "=:\n".indexOf(text.charAt(at)) < 0) {
            requireNameCharacter(text.codePointAt(at));
            at += Character.charCount(text.codePointAt(at));
        }
        var name = text.substring(start, at).strip();
        if (name.chars().anyMatch(Character::isWhitespace)) {
            throw refuse(
                    Phrase.of(
                            "the name of a variable holds a space, so docker compose does not read"
                                    + " this env file either"),
                    start);
        }
        if (at == text.length() || text.charAt(at) == '\n') {
            inherit(name);
            return;
        }
        at++;
        skipBlanks();
        value(name);
    }

    /** A name alone takes what is known from outside. */
    private void inherit(String name) {
        var known = outside.variable(name);
        if (known.isSet()) {
            variables.put(name, known);
        }
    }

    private void value(String name) {
        var quote = at < text.length() ? text.charAt(at) : '\n';
        if (quote == '"' || quote == '\'') {
            quoted(name, quote);
            return;
        }
        var start = at;
        at = lineEnd(at);
        var comment = text.indexOf(" #", start, at);
        var end = comment >= 0 ? comment : at;
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        put(name, start, end, text.substring(start, end), true, false);
    }

    private void quoted(String name, char quote) {
        var start = ++at;
        var content = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            var escapesQuote =
                    text.charAt(at) == '\\'
                            && at + 1 < text.length()
                            && text.charAt(at + 1) == quote;
            var escapes = text.charAt(at) == '\\' && at + 1 < text.length();
            if (escapes && !escapesQuote) {
                content.append(text.charAt(at++));
            } else if (escapesQuote) {
                at++;
            }
            content.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw refuse(
                    Phrase.of(
                            "the quoted value of {0} has no closing quote, so docker compose does"
                                    + " not read this env file either",
                            name),
                    start);
        }
        var end = at++;
        var raw = text.substring(start, end);
        var exact = raw.indexOf('\\') < 0;
        put(name, start, end, exact ? raw : content.toString(), exact, quote == '\'');
    }

    private void put(
            String name, int start, int end, String template, boolean exact, boolean literal) {
        var line = places.line(start);
        var where = file.path() + ":" + line;
        var escaped = exact || literal ? template : unescape(template);
        var pieces =
                literal
                        ? List.of(Piece.literal(template, 0, template.length()))
                        : Template.expand(escaped, lookup, where);
        var found = new EnvLine(file, name, line, start, end, exact, pieces);
        lines.add(found);
        variables.put(
                name, new Variable(name, Piece.join(pieces), new Variable.Origin.Line(found)));
    }

    private static String unescape(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(escape(found.group())));
    }

    private static String escape(String sequence) {
        return switch (sequence.charAt(1)) {
            case 'a' -> "\u0007";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'v' -> "\u000B";
            case '$' -> "$$";
            case '"' -> "\"";
            case '\\' -> "\\";
            case '0' -> octal(sequence);
            default -> sequence;
        };
    }

    /** Compose takes the zero away even where what follows is no octal number of three digits. */
    private static String octal(String sequence) {
        var digits = sequence.substring(2);
        return BYTE.matcher(digits).matches()
                ? String.valueOf((char) Integer.parseInt(digits, 8))
                : "\\" + digits;
    }

    private void requireNameCharacter(int c) {
        if (!isSpace(c)
                && !Character.isLetterOrDigit(c)
                && Character.getType(c) != Character.LETTER_NUMBER
                && "_.-[]".indexOf(c) < 0) {
            throw refuse(
                    Phrase.of(
                            "a variable's name holds a character that compose refuses, so docker"
                                    + " compose does not read this env file either"),
                    at);
        }
    }

    private void skipBlanks() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0B || c == 0x85
                || c == 0xA0;
    }

    private int lineEnd(int from) {
        var end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private ProblemException refuse(Phrase what, int position) {
        return Problem.stop(
                what,
                file.path() + ":" + places.line(position),
                Phrase.of("write NAME=value, or put a # before the line"));
    }
}
