package backout.language;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * As much of gettext's PO format as the catalogues use: {@code msgid} and {@code msgstr}, each
 * going on in further quoted lines; comments begin with {@code #}. See "PO Files" in the manual of
 * GNU gettext.
 */
final class PoFile {
    private final String name;
    private final Map<String, String> says = new LinkedHashMap<>();
    private final StringBuilder id = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private StringBuilder into = id;

    private PoFile(String name) {
        this.name = name;
    }

    /**
     * @return the texts by their templates, in the order of the file
     * @throws IllegalArgumentException with name and line for what is not of this form, and for a
     *     template that is there twice
     */
    static Map<String, String> read(String name, String content) {
        var file = new PoFile(name);
        int number = 0;
        for (String line : content.lines().toList()) {
            number++;
            file.line(number, line.strip());
        }
        file.keep(number);
        return file.says;
    }

    private void line(int number, String line) {
        if (line.startsWith("msgid ")) {
            keep(number);
            into = id;
            into.append(quoted(number, line.substring(6)));
        } else if (line.startsWith("msgstr ")) {
            into = text;
            into.append(quoted(number, line.substring(7)));
        } else if (line.startsWith("\"")) {
            into.append(quoted(number, line));
        } else if (!line.isEmpty() && !line.startsWith("#")) {
            throw new IllegalArgumentException(name + ":" + number + " is no line of a PO file");
        }
    }

    private void keep(int number) {
        boolean isHeader = id.isEmpty();
        if (!isHeader && !text.isEmpty() && says.put(id.toString(), text.toString()) != null) {
            throw new IllegalArgumentException(name + ":" + number + " says twice: " + id);
        }
        id.setLength(0);
        text.setLength(0);
    }

    private String quoted(int number, String text) {
        if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
            throw new IllegalArgumentException(name + ":" + number + " lacks a quote");
        }
        return text.substring(1, text.length() - 1).translateEscapes();
    }
}
