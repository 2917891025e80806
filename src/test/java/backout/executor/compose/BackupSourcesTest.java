package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import backout.archive.Source;
import backout.docker.Engine;
import backout.host.Host;
import backout.plan.Secrets;
import backout.redis.RedisDump;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** What is saved of a project, and under which names. */
final class BackupSourcesTest {
    private static final Host HOST = Host.local();

    @TempDir Path temp;

    private void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Project project() {
        Path folder = temp.resolve("shop");
        return new Project(
                "shop",
                "web",
                folder,
                List.of(folder.resolve("compose.yml")),
                List.of(),
                List.of());
    }

    private static BackupSources content() {
        var engine = Engine.at("unix:///nowhere.sock");
        return new BackupSources(
                engine,
                HOST,
                new ProjectFiles(HOST, new ComposeCli(HOST, "unix:///nowhere.sock")),
                new RedisDump(engine, HOST, new Secrets(_ -> ""), InstantSource.system(), _ -> {}),
                new ComposeCli(HOST, "unix:///nowhere.sock"));
    }

    @Test
    void every_file_that_compose_reads_is_saved_under_its_path() throws IOException {
        write(
                "shop/compose.yml",
                """
                include:
                  - path: parts/web.yml
                    env_file: parts/web.env
                services:
                  cache: {image: "redis:7", env_file: [cache.env, {path: gone.env, required: false}]}
                """);
        write("shop/.env", "A=1\n");
        write("shop/cache.env", "B=1\n");
        write("shop/parts/web.env", "TAG=1\n");
        write(
                "shop/parts/web.yml",
                """
                services:
                  web:
                    extends: {file: ../../common/base.yml, service: base}
                    env_file: app.env
                """);
        write("shop/parts/app.env", "C=1\n");
        write("common/base.yml", "services: {base: {image: \"app:1\", env_file: base.env}}\n");
        write("common/base.env", "D=1\n");

        BackupSources content = content();
        List<Source> saved = content.files(project());

        String outside = "backout-outside" + temp + "/common/";
        assertThat(saved.stream().map(Source::name))
                .containsExactlyInAnyOrder(
                        "compose.yml",
                        ".env",
                        "cache.env",
                        "parts/web.yml",
                        "parts/web.env",
                        "parts/app.env",
                        outside + "base.yml",
                        outside + "base.env");
    }

    @Test
    void what_is_named_lies_where_it_lies_in_the_project() throws IOException {
        write("shop/compose.yml", "services: {}\n");
        write("shop/data/a", "a");
        write("elsewhere/b", "b");
        BackupSources content = content();

        List<Source> saved = content.data(project(), "web", List.of("data/", "../elsewhere", "."));

        assertThat(saved.stream().map(Source::name))
                .containsExactly("data", "backout-outside" + temp + "/elsewhere", "");
    }
}
