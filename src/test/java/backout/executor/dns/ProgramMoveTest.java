package backout.executor.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.dns.RecordSet;
import backout.dns.Records;
import backout.fixture.Folders;
import backout.plan.Step;
import backout.run.Move;
import backout.run.MoveContract;
import backout.run.Present;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Names move to another place by a program of the operators: a shell script that edits a file. */
final class ProgramMoveTest extends MoveContract {
    private static final String BEFORE =
            """
            vidfab.test. 300 A 127.0.9.1
            www.vidfab.test. 300 CNAME old.vidfab.test.
            """;
    private static final String AFTER =
            """
            vidfab.test. 60 A 127.0.9.2
            www.vidfab.test. 60 A 127.0.9.2
            """;

    /** Reads the file zone, and makes it anew with mv; each change stands in the file changes. */
    private static final String PROGRAM =
            """
            cd "$(dirname "$0")" || exit 2
            [ "$DNS_KEY" = key-0123456789 ] && [ "$2" = vidfab.test. ] || { echo "wrong key $DNS_KEY" >&2; exit 2; }
            [ ! -e down ] || { echo 'the vendor is down' >&2; exit 3; }
            [ "$1" = change ] || exec cat zone
            tee -a changes >new.lines
            sed -n 's/^- //p' new.lines >gone
            { grep -vxFf gone zone; sed -n 's/^+ //p' new.lines; } >new
            mv new zone
            """;

    private final Path folder = Folders.make("dns-program");

    @Override
    protected void arrange() {
        try {
            Files.writeString(folder.resolve("zone"), BEFORE + "vidfab.test. 300 MX 10 mail.\n");
            Files.writeString(folder.resolve("changes"), "");
            Files.writeString(folder.resolve("program"), PROGRAM);
            Files.deleteIfExists(folder.resolve("down"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void clean() {
        Folders.delete(folder);
    }

    @Override
    protected Move move() {
        return TestZones.move("key-0123456789");
    }

    @Override
    protected Step step() {
        return TestZones.step(
                BEFORE,
                AFTER,
                "vidfab.test.,www.vidfab.test.",
                Map.of("provider", "program", "program", "sh\n" + folder.resolve("program")));
    }

    @Override
    protected String world() {
        return String.join("\n", lines("zone").stream().sorted().toList());
    }

    @Override
    protected String traces() {
        return world() + lines("changes");
    }

    private List<String> lines(String file) {
        try {
            return Files.readAllLines(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void refuse() {
        try {
            Files.writeString(folder.resolve("down"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_it_says_is_told_without_the_key() {
        var other = TestZones.move("another-secret");

        assertThatThrownBy(() -> other.move(step(), TestZones.work()))
                .hasMessageContaining("ended with 2: wrong key")
                .hasMessageNotContaining("another-secret");
        assertThat(lines("changes")).isEmpty();
    }

    /** A name that had no record before is looked at too: what is there now is somebody else's. */
    @Test
    void a_name_that_somebody_gave_a_record_meanwhile_is_not_written_over() {
        var zone =
                TestZones.with(_ -> "key-0123456789")
                        .of(key -> step().with().getOrDefault(key, ""));
        Records before = Records.parse("vidfab.test. 300 A 127.0.9.1");

        assertThatThrownBy(() -> zone.rehearse(before, Records.parse(AFTER)))
                .hasMessageContaining("somebody else changed the records in between: www");
        assertThatThrownBy(() -> zone.change(before, Records.parse(AFTER), () -> {}))
                .hasMessageContaining("somebody else changed the records in between: www");
        assertThat(lines("changes")).isEmpty();
    }

    /** As dig and zone files have it. */
    @Test
    void what_it_prints_is_read_however_it_is_written() throws IOException {
        Files.writeString(
                folder.resolve("zone"),
                """
                vidfab.test.\t300\tIN\tA\t127.0.9.1
                www.vidfab.test. 300 IN CNAME old.vidfab.test
                """);

        assertThat(move().present(step(), TestZones.work()))
                .isEqualTo(new Present.At(step().from()));
        assertThat(RecordSet.written("AAAA", "2001:db8::1")).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void what_is_no_record_is_told() throws IOException {
        Files.writeString(folder.resolve("zone"), "no zone at all\n");

        assertThatThrownBy(() -> move().move(step(), TestZones.work()))
                .hasMessageContaining("no record");
    }
}
