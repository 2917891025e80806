package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

class LogFramesTest {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private LogFramesTest out(String text) throws IOException {
        var data = new DataOutputStream(body);
        byte[] bytes = text.getBytes(UTF_8);
        data.writeInt(1 << 24);
        data.writeInt(bytes.length);
        data.write(bytes);
        return this;
    }

    private InputStream written() {
        return new ByteArrayInputStream(body.toByteArray());
    }

    private List<String> lines(int most) throws IOException {
        return LogFrames.framed(written(), most).stream().map(LogLine::text).toList();
    }

    @Test
    void a_long_line_in_pieces_is_cut_and_what_comes_behind_it_is_there() throws IOException {
        for (int piece = 0; piece < 400; piece++) {
            out("token".repeat(3_276));
        }
        out("\n").out("the end\n");

        List<String> lines = lines(50);

        assertThat(lines).hasSize(2).endsWith("the end");
        assertThat(lines.getFirst()).startsWith("tokentoken").endsWith("…").hasSizeLessThan(33_000);
    }

    @Test
    void the_last_lines_are_kept_however_much_stands_before_them() throws IOException {
        for (int line = 0; line < 80; line++) {
            out(line + " " + "x".repeat(100_000) + "\n");
        }

        List<String> lines = lines(50);

        assertThat(lines).hasSize(50);
        assertThat(lines.getFirst()).startsWith("30 x");
        assertThat(lines.getLast()).startsWith("79 x");
    }

    @Test
    void a_terminals_long_line_is_cut_too() throws IOException {
        body.write(("x".repeat(9_000_000) + "\r\nshort\r\n").getBytes(UTF_8));

        var lines = LogFrames.plain(written(), 50);

        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().text()).hasSizeLessThan(33_000).endsWith("…");
        assertThat(lines.getLast().text()).isEqualTo("short");
    }
}
