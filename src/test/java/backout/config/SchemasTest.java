package backout.config;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Kinds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The schemas beside the shipped files are those of the loader. They are written anew with {@code
 * BACKOUT_GOLDEN=write}, or by {@code bot/backout schema}.
 */
final class SchemasTest {
    private static final Schemas SCHEMAS =
            new Schemas(Kinds.SHIPPED, TestSite.CHATS, TestSite.RECEIVERS);

    @Test
    void the_shipped_schemas_are_what_the_loader_reads(@TempDir Path folder) throws IOException {
        if ("write".equals(System.getenv("BACKOUT_GOLDEN"))) {
            SCHEMAS.write(TestSite.COMMANDS, TestSite.CONFIG);
        }
        List<Path> written = SCHEMAS.write(folder.resolve("commands"), folder.resolve("config"));
        assertThat(written).hasSize(10);
        for (Path file : written) {
            Path shipped = folder.relativize(file);
            assertThat(shipped)
                    .as("bot/backout schema writes it anew")
                    .hasContent(Files.readString(file));
        }
    }

    @Test
    void each_shipped_file_begins_with_where_its_schema_is() throws IOException {
        for (Path file : shipped()) {
            String first = Files.readString(file).lines().findFirst().orElse("");
            String comment = "# yaml-language-server: $schema=";
            assertThat(first).as(file.toString()).startsWith(comment);
            String place = first.substring(comment.length());
            assertThat(file.resolveSibling(place)).exists();
        }
    }

    private static List<Path> shipped() throws IOException {
        var files = new ArrayList<Path>();
        for (Path folder : List.of(TestSite.CONFIG, TestSite.COMMANDS)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(file -> file.toString().endsWith(".yml")).forEach(files::add);
            }
        }
        return files;
    }
}
