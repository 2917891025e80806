package backout.serve;

import static org.assertj.core.api.Assertions.assertThat;

import backout.command.Site;
import backout.config.SiteLoader;
import backout.language.Phrase;
import backout.operations.Obeyed;
import backout.plan.Freeze;
import backout.plan.TargetEvent;
import backout.plan.TargetKind;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.run.HandClock;
import backout.run.MemoryJournal;
import backout.run.MemoryLeases;
import backout.story.SimSite;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is changed in the folders while the bot serves. */
@SuppressWarnings("NullAway.Init")
final class ReloadTest {
    private static final TargetName SHOP = TargetName.of("sim/shop");
    private static final String TARGETS =
            "targets: {sim/relay: {policy: some}, sim/shop: {policy: some}}\n";

    @TempDir private Path home;
    private final HandClock clock = new HandClock();
    private final MemoryJournal journal = new MemoryJournal(new MemoryLeases(clock));
    private final List<Site> taken = new ArrayList<>();
    private final List<Obeyed> obeyed = new ArrayList<>();
    private Runnable whileRead = () -> {};
    private SimSite site;
    private Reload reload;

    @BeforeEach
    void begin() {
        site = SimSite.in(home, 0, "0s");
        var folder = new Reload.Folder(this::files, this::read, it -> taken.add(it.site()));
        reload = new Reload(folder, read(), files(), obeyed::add, journal, clock);
    }

    private Obeyed files() {
        return Obeyed.of(home.resolve("config"), home.resolve("commands"), clock.instant());
    }

    private SiteLoader.Loaded read() {
        var kind = new TargetKind("sim", List.of(), List.of(), List.of("sim.box"));
        var loaded =
                new SiteLoader(Map.of("sim", kind), List.of())
                        .load(home.resolve("commands"), home.resolve("config"));
        whileRead.run();
        return loaded;
    }

    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            reload.look();
            clock.pass(Duration.ofSeconds(1));
        }
    }

    private List<String> told() {
        return journal.read(Freeze.SITE).stream()
                .map(event -> ((TargetEvent.Warned) event).says().toString())
                .toList();
    }

    @Test
    void nothing_is_read_while_nothing_is_changed() {
        seconds(10);
        assertThat(taken).isEmpty();
        assertThat(reload.says()).startsWith("read at");
    }

    @Test
    void a_changed_file_is_taken_over_when_it_stands_still() {
        seconds(1);
        site.write("config/targets.yml", TARGETS);
        seconds(2);
        assertThat(taken).isEmpty();
        assertThat(reload.says()).contains("the files have changed since");
        seconds(1);
        assertThat(taken).singleElement().extracting(it -> it.target(SHOP)).isNotNull();
        assertThat(obeyed).hasSize(1);
        seconds(10);
        assertThat(taken).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void a_file_that_is_half_written_is_not_taken_though_it_could_be_read() {
        site.write("config/targets.yml", TARGETS.replace(", sim/shop: {policy: some}", ""));
        seconds(2);
        site.write("config/targets.yml", TARGETS);
        seconds(2);
        assertThat(taken).isEmpty();
        seconds(1);
        assertThat(taken).singleElement().satisfies(it -> assertThat(it.target(SHOP)).isPresent());
    }

    @Test
    void what_is_written_while_it_is_read_is_read_again() {
        site.write("config/targets.yml", TARGETS.replace(", sim/shop: {policy: some}", ""));
        seconds(2);
        whileRead = () -> site.write("config/targets.yml", TARGETS);
        seconds(1);
        assertThat(taken).isEmpty();
        whileRead = () -> {};
        seconds(3);
        assertThat(taken).singleElement().satisfies(it -> assertThat(it.target(SHOP)).isPresent());
    }

    @Test
    void a_broken_file_leaves_the_former_one_and_everybody_who_operates_it_is_told_once() {
        site.write("config/targets.yml", "targets: {sim/relay: {policy: none}}\n");
        seconds(10);
        assertThat(taken).isEmpty();
        assertThat(obeyed).isEmpty();
        assertThat(reload.says()).contains("is refused").contains("targets.yml");
        assertThat(told())
                .singleElement()
                .asString()
                .contains("is not taken over")
                .contains("stays in force")
                .contains("targets.yml");
        site.write("config/targets.yml", TARGETS);
        seconds(3);
        assertThat(taken).hasSize(1);
        assertThat(told()).hasSize(2).last().asString().contains("right again");
        assertThat(reload.says()).doesNotContain("refused");
    }

    @Test
    void what_cannot_be_gone_on_with_is_refused_as_a_whole() {
        var folder =
                new Reload.Folder(
                        this::files,
                        this::read,
                        it -> it.site().target(SHOP).orElseThrow().mustLiveOn(List.of()));
        var other = new Reload(folder, read(), files(), obeyed::add, journal, clock);
        site.write("config/targets.yml", TARGETS);
        other.now();
        other.look();
        assertThat(obeyed).isEmpty();
        assertThat(other.says()).contains("restart the bot");
    }

    @Test
    void whoever_says_so_has_it_read_at_once() {
        site.write("config/targets.yml", TARGETS);
        reload.now();
        reload.look();
        assertThat(taken).hasSize(1);
    }

    @Test
    void what_counts_from_the_next_start_on_is_said() {
        String file = "config/backout.yml";
        String before = text(file);
        site.write(file, before + "language: zh\n");
        seconds(3);
        assertThat(taken).hasSize(1);
        assertThat(told()).singleElement().asString().contains("backout.yml");
        assertThat(reload.says()).contains("backout.yml").contains("next start");
        site.write(file, before);
        seconds(3);
        assertThat(reload.says()).doesNotContain("backout.yml");
    }

    private String text(String file) {
        try {
            return java.nio.file.Files.readString(home.resolve(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void what_is_refused_for_no_fault_of_the_files_is_tried_again() {
        var full = new AtomicBoolean(true);
        var folder =
                new Reload.Folder(
                        this::files,
                        this::read,
                        it -> {
                            if (full.get()) {
                                throw Problem.stop(Phrase.verbatim("disk full"), Phrase.NONE);
                            }
                            taken.add(it.site());
                        });
        reload = new Reload(folder, read(), files(), obeyed::add, journal, clock);
        site.write("config/targets.yml", TARGETS);
        seconds(130);
        assertThat(told()).singleElement().asString().contains("disk full");
        full.set(false);
        seconds(60);
        assertThat(taken).hasSize(1);
        assertThat(told()).hasSize(2).last().asString().contains("right again");
    }
}
