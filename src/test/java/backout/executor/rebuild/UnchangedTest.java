package backout.executor.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Folders;
import backout.plan.TargetName;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class UnchangedTest {
    private final Path home = Folders.make("unchanged");
    private final Path file = home.resolve("image.tar");
    private final Unchanged<String> read = new Unchanged<>();

    @AfterEach
    void remove() {
        Folders.delete(home);
    }

    private String content() {
        return read.of(
                new TargetName("rebuild", "vidfab"),
                "",
                List.of(file),
                () -> {
                    try {
                        return Files.readString(file);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }

    @Test
    void a_shorter_file_with_the_time_of_the_former_is_read_again() throws IOException {
        Files.writeString(file, "whole");
        assertThat(content()).isEqualTo("whole");
        var time = Files.getLastModifiedTime(file);

        Files.writeString(file, "who");
        Files.setLastModifiedTime(file, time);

        assertThat(content()).isEqualTo("who");
    }
}
