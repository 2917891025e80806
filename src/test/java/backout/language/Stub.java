package backout.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * With {@code BACKOUT_GOLDEN=write} what is missing is put into its catalogue, to be translated.
 */
final class Stub {
    private static final Path CATALOGUES = Path.of("src/main/resources/backout/language/zh");

    private Stub() {}

    static void offer(String file, String template) {
        if (!"write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            return;
        }
        String id = "msgid \"" + escaped(template) + "\"\n";
        Path catalogue = CATALOGUES.resolve(part(file) + ".po");
        try {
            if (!Files.readString(catalogue).contains(id)) {
                String entry = "\n#: " + file + "\n" + id + "msgstr \"\"\n";
                Files.writeString(catalogue, entry, StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The package that says it; of {@code chat} the face. */
    private static String part(String file) {
        String[] names = file.split("/");
        int folder = names.length > 3 && names[1].equals("chat") ? 2 : 1;
        return names.length == 2 ? "root" : names[folder];
    }

    private static String escaped(String template) {
        return template.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
