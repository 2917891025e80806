package backout.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import backout.language.Language;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;

/** What Java says of files is said in people's words, in each language. */
class CauseTest {
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.UTC);

    @TempDir Path folder;

    private static void assertSays(Throwable failure, String english, String chinese) {
        assertThat(Cause.of(failure)).hasToString(english);
        assertThat(CHINESE.say(Cause.of(failure))).isEqualTo(chinese);
    }

    private void assertSays(ThrowingCallable doing, String english, String chinese) {
        assertSays(catchThrowable(doing), english, chinese);
    }

    @Test
    void what_files_really_answer() throws IOException {
        Path gone = folder.resolve("gone");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertSays(() -> Files.size(gone), "there is no " + gone, gone + " 不存在");
        assertSays(() -> Files.createDirectory(file), file + " is there already", file + " 已经存在");
        assertSays(
                () -> Files.delete(folder),
                "the folder " + folder + " is not empty",
                "文件夹 " + folder + " 不是空的");
        assertSays(
                () -> Files.readAllBytes(folder),
                "it is a folder (Is a directory)",
                "那是一个文件夹（Is a directory）");
    }

    @Test
    void what_a_system_in_trouble_answers() {
        String user = System.getProperty("user.name");
        assertSays(
                new AccessDeniedException("/x"),
                "user " + user + " has no right to /x",
                "用户 " + user + " 没有访问 /x 的权限");
        assertSays(
                new UncheckedIOException(
                        new FileSystemException("/x", null, "No space left on device")),
                "/x: the disk is full (No space left on device)",
                "/x：磁盘已满（No space left on device）");
        assertSays(new IOException("unheard of"), "unheard of", "unheard of");
        assertSays(new IOException(), "IOException", "IOException");
    }
}
