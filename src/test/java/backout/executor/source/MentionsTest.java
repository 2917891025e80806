package backout.executor.source;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Folders;
import backout.host.Host;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** F39: a crontab that names the release that is left. */
class MentionsTest {
    private final Path root = Folders.make("mentions");
    private final Path app = root.resolve("app");
    private final Mentions mentions =
            new Mentions(Host.local(), List.of(root + "/cron.d", root + "/nowhere"));

    @AfterEach
    void remove() {
        Folders.delete(root);
    }

    private Layout serving(Path release, boolean isInPlace) {
        Path link = isInPlace ? release : app.resolve("current");
        return new Layout(Host.local(), link, app, release, isInPlace);
    }

    private void job(String name, String line) throws IOException {
        Files.writeString(Files.createDirectories(root.resolve("cron.d")).resolve(name), line);
    }

    @Test
    void who_names_the_release_itself_is_told_and_who_names_the_link_or_another_is_not()
            throws IOException {
        Path bad = app.resolve("releases/2026-1.2");
        job("named", "@reboot app cd " + bad + " && npm start\n");
        job("link", "* * * * * app " + app + "/current/tick\n");
        job("longer", "* * * * * app " + bad + ".0/tick\n");

        assertThat(mentions.of(serving(bad, false)).told().toString())
                .contains(root + "/cron.d/named names the release", "current instead");
        assertThat(mentions.of(serving(bad, true)).told()).isEmpty();
        assertThat(mentions.of(serving(app.resolve("releases/1"), false)).told()).isEmpty();
    }
}
