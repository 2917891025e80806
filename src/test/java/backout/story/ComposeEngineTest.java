package backout.story;

import static org.assertj.core.api.Assertions.assertThat;

import backout.Seat;
import backout.fixture.ComposeSite;
import backout.fixture.Needs;
import backout.fixture.RelayImages;
import backout.fixture.Release;
import backout.fixture.SecondEngine;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The engine's disk is full, or the engine goes away in the middle of it. */
@Order(2)
class ComposeEngineTest {
    @Test
    void a_full_disk_and_an_engine_that_goes_away_never_make_it_lie() throws IOException {
        Needs.secondEngine();
        try (var second = new SecondEngine(400);
                var images = new RelayImages(second.engine());
                var relay = site(second, images)) {
            images.of(Release.GOOD);
            relay.deploy(Release.IGNORES_TERM).provenGood(Release.GOOD);
            fullDisk(second, relay);
            goneBeforeTheSwitch(second, relay);
            goneWhileSwitching(second, relay);
        }
    }

    private static Relay site(SecondEngine second, RelayImages images) {
        var site = new ComposeSite(second.engine(), images.of(Release.GOOD), images.redis());
        site.up();
        site.awaitHealthy();
        return new Relay(site, images, second.engine().address());
    }

    private static void fullDisk(SecondEngine second, Relay relay) throws IOException {
        var sight = relay.sight();
        Path filler = second.dataRoot().resolve("filler");
        long free = Files.getFileStore(second.dataRoot()).getUsableSpace();
        fill(filler, free - (100L << 20));
        Seat anna = relay.seat();
        int code = anna.run("plan", "compose claude-relay");
        assertThat(code).as(anna.text()).isZero();
        assertThat(anna.text().replaceAll("\\s+", " "))
                .containsPattern("only \\d+ MB are free on the disk of " + second.dataRoot());
        assertThat(relay.sight()).isEqualTo(sight);
        assertThat(relay.protectiveTags()).isEmpty();
        Files.delete(filler);
    }

    private static void fill(Path file, long bytes) throws IOException {
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long written = 0; written < bytes; ) {
                written += channel.write(ByteBuffer.allocate(1 << 20));
            }
        }
    }

    /** And the operator brings up what the kill took down. */
    private static void startAgain(SecondEngine second, Relay relay) {
        second.start();
        relay.site.up();
        relay.site.awaitHealthy();
    }

    private static void goneBeforeTheSwitch(SecondEngine second, Relay relay) {
        relay.policy(1);
        var sight = relay.sight();
        Seat anna = relay.asks("compose claude-relay");
        anna.until("bot/backout run \"approve " + anna.runId());
        second.kill();
        relay.seat().run("run", "approve " + anna.runId(), "--as", "ben");
        assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
        assertThat(anna.text().replaceAll("\\s+", " "))
                .contains("Stopped before anything was changed")
                .contains(second.socket().toString());
        startAgain(second, relay);
        assertThat(relay.sight()).isEqualTo(sight);
    }

    private static void goneWhileSwitching(SecondEngine second, Relay relay) {
        relay.policy(0);
        var sight = relay.sight();
        Seat anna = relay.asks("compose claude-relay drain 10s");
        anna.until("switch 4 ");
        second.kill();
        anna.until("for an answer: undo or keep");
        assertThat(anna.words()).doesNotContain("PROVEN").contains("a person must decide");
        second.start();
        relay.seat().run("run", "undo " + anna.runId(), "--as", "ben");
        assertThat(anna.exitCode()).as(anna.text()).isEqualTo(1);
        assertThat(anna.words()).contains("The rollback was undone");
        relay.assertRuns(Release.IGNORES_TERM);
        relay.assertSettled(sight.redis());
        assertThat(relay.composeText()).isEqualTo(sight.composeText());
    }
}
