package backout.executor.compose.file;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Objects;

/**
 * Where a scalar is written: {@code start..end} is what may be replaced, inside its quotes or on
 * its block's line.
 *
 * @param exact whether those characters are the value itself, with no escapes and no folded lines
 * @param block a {@code |} or {@code >} scalar; only one with a single line of content can be
 *     changed
 */
record Scalar(
        SourceFile file,
        int line,
        int start,
        int end,
        boolean exact,
        boolean plain,
        boolean block,
        String value) {
    static Scalar of(YamlFile yaml, ScalarNode node) {
        var text = yaml.text();
        var start = behindProperties(text, yaml.start(node), yaml.end(node));
        var end = yaml.end(node);
        var value = node.getValue();
        var style = node.getScalarStyle();
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            return block(yaml, node, start, end);
        }
        if (style != ScalarStyle.PLAIN) {
            start++;
            end--;
        }
        var exact = text.substring(start, end).equals(value);
        var plain = style == ScalarStyle.PLAIN;
        return new Scalar(
                yaml.file(), yaml.places().line(start), start, end, exact, plain, false, value);
    }

    private static Scalar block(YamlFile yaml, ScalarNode node, int start, int end) {
        var text = yaml.text();
        var content = node.getValue().strip();
        var at = text.indexOf(content, Math.max(text.indexOf('\n', start), start));
        var single = !content.isEmpty() && content.lines().count() == 1 && at >= 0 && at < end;
        var from = single ? at : start;
        return new Scalar(
                yaml.file(),
                yaml.places().line(from),
                from,
                single ? at + content.length() : end,
                single,
                false,
                true,
                node.getValue());
    }

    /** What a template's piece {@code from..to} of the value occupies in the file. */
    SourceFile splice(int from, int to, String replacement) {
        return file.splice(start + from, start + to, replacement);
    }

    String raw() {
        return file.text().substring(start, end);
    }

    String where() {
        return file.path() + ":" + line;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scalar that
                && file.path().equals(that.file.path())
                && start == that.start;
    }

    @Override
    public int hashCode() {
        return Objects.hash(file.path(), start);
    }

    @Override
    public String toString() {
        return where();
    }

    /** The parser's mark stands before {@code &anchor} and {@code !tag}. */
    private static int behindProperties(String text, int from, int end) {
        var at = from;
        while (at < end) {
            var c = text.charAt(at);
            if (c == '&' || c == '!') {
                while (at < end && !Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
            } else if (c == '#') {
                at = text.indexOf('\n', at);
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                return at;
            }
        }
        return end;
    }
}
