package backout.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;

/**
 * What one language says for each English template. Kept in the PO format of gettext, which
 * translators' tools read, one file for each package that speaks: {@code
 * src/main/resources/backout/language/zh/report.po}.
 */
final class Catalogue {
    /** Every language has this one: what stands beside it is read as well. */
    private static final String OWN = "language.po";

    private static final String ENDING = ".po";

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
        parts(language).values().forEach(says::putAll);
        return new Catalogue(says);
    }

    /** What each file of a language says, by the file's name without its ending. */
    static Map<String, Map<String, String>> parts(String language) {
        var parts = new TreeMap<String, Map<String, String>>();
        try {
            URL own = Catalogue.class.getResource(language + "/" + OWN);
            if (own == null) {
                throw new IllegalStateException("there is no catalogue of " + language);
            }
            if (own.openConnection() instanceof JarURLConnection inJar) {
                inJar(inJar, parts);
            } else {
                inFolder(Path.of(own.toURI()).resolveSibling(""), parts);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every file has an address", e);
        }
        return parts;
    }

    private static void inJar(JarURLConnection own, Map<String, Map<String, String>> parts)
            throws IOException {
        // a jar of its own, so that closing it closes nobody else's
        own.setUseCaches(false);
        String folder = own.getEntryName().substring(0, own.getEntryName().lastIndexOf('/') + 1);
        try (var jar = own.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.startsWith(folder) && name.endsWith(ENDING)) {
                    try (InputStream file = jar.getInputStream(entry)) {
                        add(name.substring(folder.length()), file, parts);
                    }
                }
            }
        }
    }

    private static void inFolder(Path folder, Map<String, Map<String, String>> parts)
            throws IOException {
        try (var files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path path : files) {
                try (InputStream file = Files.newInputStream(path)) {
                    add(String.valueOf(path.getFileName()), file, parts);
                }
            }
        }
    }

    private static void add(String name, InputStream file, Map<String, Map<String, String>> parts)
            throws IOException {
        var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        parts.put(name.substring(0, name.length() - ENDING.length()), PoFile.read(name, text));
    }
}
