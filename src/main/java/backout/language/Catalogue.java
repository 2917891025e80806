package backout.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one language says for each English template. Kept in the PO format of gettext, which
 * translators' tools read, one file for each package that speaks: {@code
 * src/main/resources/backout/language/zh/report.po}.
 */
final class Catalogue {
    /** The files of a language, in the order in which they are read. */
    static final List<String> PARTS =
            List.of(
                    "language",
                    "problem",
                    "chat",
                    "check",
                    "plan",
                    "approval",
                    "command",
                    "run",
                    "report",
                    "frontdesk",
                    "host",
                    "docker",
                    "archive",
                    "http",
                    "redis",
                    "executor",
                    "console",
                    "slack",
                    "config",
                    "commands",
                    "store",
                    "watch",
                    "web",
                    "demo",
                    "init",
                    "operations",
                    "root");

    private static final Catalogue ENGLISH = new Catalogue(Map.of());

    private final Map<String, String> says;

    private Catalogue(Map<String, String> says) {
        this.says = Map.copyOf(says);
    }

    static Catalogue of(Locale locale) {
        return Locale.CHINESE.getLanguage().equals(locale.getLanguage()) ? Chinese.SAYS : ENGLISH;
    }

    /** The template itself where this language has nothing for it. */
    String say(String template) {
        return says.getOrDefault(template, template);
    }

    /** What is read for the first time when somebody reads it. */
    private static final class Chinese {
        static final Catalogue SAYS = read("zh");
    }

    private static Catalogue read(String language) {
        var says = new HashMap<String, String>();
        PARTS.forEach(part -> says.putAll(part(language, part)));
        return new Catalogue(says);
    }

    static Map<String, String> part(String language, String part) {
        String name = language + "/" + part + ".po";
        try (InputStream file = Catalogue.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the catalogue has no " + name);
            }
            return PoFile.read(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
