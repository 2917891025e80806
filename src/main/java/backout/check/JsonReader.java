package backout.check;

import backout.language.Phrase;
import backout.problem.Shown;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads JSON strictly as RFC 8259 has it. Of two members with one name the last counts, as in most
 * readers; a byte order mark in front is passed over.
 */
final class JsonReader {
    static final int MAX_DEPTH = 64;
    static final int MAX_DIGITS = 1000;

    /** Numbers are multiplied and written out in full. */
    static final int MAX_SCALE = 1000;

    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    static Json read(String text) throws NotJson {
        var reader = new JsonReader(text);
        reader.skipSpace();
        Json value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unexpected();
        }
        return value;
    }

    private Json value(int depth) throws NotJson {
        if (depth > MAX_DEPTH) {
            throw NotJson.beyond(Phrase.of("it is nested deeper than {0} levels", MAX_DEPTH));
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> new Json.Str(string());
            case 't' -> word("true", new Json.Bool(true));
            case 'f' -> word("false", new Json.Bool(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json object(int depth) throws NotJson {
        Map<String, Json> members = new LinkedHashMap<>();
        take('{');
        if (skips('}')) {
            return new Json.Obj(members);
        }
        do {
            skipSpace();
            String name = string();
            skipSpace();
            take(':');
            skipSpace();
            members.put(name, value(depth + 1));
            skipSpace();
        } while (skips(','));
        take('}');
        return new Json.Obj(members);
    }

    private Json array(int depth) throws NotJson {
        List<Json> items = new ArrayList<>();
        take('[');
        if (skips(']')) {
            return new Json.Arr(items);
        }
        do {
            skipSpace();
            items.add(value(depth + 1));
            skipSpace();
        } while (skips(','));
        take(']');
        return new Json.Arr(items);
    }

    private String string() throws NotJson {
        take('"');
        var string = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (c < ' ') {
                throw unexpected();
            }
            at++;
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws NotJson {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw NotJson.at(at - 1, Phrase.of("there is no such escape"));
        };
    }

    private char hex() throws NotJson {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            // Character.digit alone takes digits of other scripts too
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw unexpected();
            }
            code = code * 16 + digit;
            at++;
        }
        return (char) code;
    }

    private Json number() throws NotJson {
        var number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw unexpected();
        }
        at = number.end();
        return number(number.group());
    }

    private static Json number(String digits) throws NotJson {
        if (digits.length() > MAX_DIGITS) {
            throw NotJson.beyond(
                    Phrase.of("it holds a number of more than {0} digits", MAX_DIGITS));
        }
        try {
            var number = new BigDecimal(digits);
            if (Math.abs((long) number.scale()) <= MAX_SCALE) {
                return new Json.Num(number, digits);
            }
        } catch (NumberFormatException _) {
            // as one that is read and cannot be calculated with
        }
        throw NotJson.beyond(Phrase.of("it holds a number out of range"));
    }

    private Json word(String word, Json value) throws NotJson {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private char peek() throws NotJson {
        if (at >= text.length()) {
            throw NotJson.at(at, Phrase.of("it ends too early"));
        }
        return text.charAt(at);
    }

    private void take(char wanted) throws NotJson {
        if (peek() != wanted) {
            throw unexpected();
        }
        at++;
    }

    /** Passes over white space and then this character, if it is there. */
    private boolean skips(char wanted) {
        skipSpace();
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private NotJson unexpected() {
        return NotJson.at(
                at, Phrase.of("unexpected {0}", Shown.quoted(text.substring(at, at + 1))));
    }
}
