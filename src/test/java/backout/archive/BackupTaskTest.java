package backout.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.plan.TargetName;
import backout.problem.Problem;
import backout.problem.ProblemException;
import backout.run.Deadline;
import backout.run.Findings;
import backout.run.Receipt;
import backout.run.Work;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A target's files and data saved before a switch: what stays, what goes, what is said. */
class BackupTaskTest {
    private static final TargetName NAME = new TargetName("any", "shop");

    @TempDir Path temp;

    private final List<Integer> percents = new ArrayList<>();
    private Optional<Receipt> kept = Optional.empty();

    @BeforeEach
    void world() throws IOException {
        Files.createDirectories(temp.resolve("shop/data"));
        Files.writeString(temp.resolve("shop/settings"), "a: 1\n");
        Files.writeString(temp.resolve("shop/data/rows"), "x".repeat(100_000));
    }

    /** Any kind of target: one file that describes it, one folder of data. */
    private BackupTask task() {
        var rooted = new Rooted(backout.host.Host.local(), temp.resolve("shop"));
        return new BackupTask(
                new BackupTask.Content() {
                    @Override
                    public List<Source> files(Step step) {
                        return List.of(rooted.source(temp.resolve("shop/settings")));
                    }

                    @Override
                    public List<Source> data(Step step, Unsaved unsaved, Duration within) {
                        return unsaved.has(Unsaved.DATA)
                                ? List.of()
                                : List.of(rooted.source(temp.resolve("shop/data")));
                    }
                },
                "local",
                temp.resolve("state"),
                InstantSource.system());
    }

    private static Step step(int keep, Unsaved unsaved) {
        var settings =
                new Settings(
                        Map.of(
                                "backup.exclude",
                                List.of(),
                                "backup.pack",
                                "zstd",
                                "backup.keep",
                                (long) keep));
        return new Step(
                "any.backup",
                NAME,
                Phase.PREPARE,
                "2.0",
                "1.0",
                BackupTask.with(settings, "1.0", unsaved),
                Phrase.of("back it up"));
    }

    private static Step step() {
        return step(5, new Unsaved(List.of()));
    }

    private Work work(String tag) {
        return new Work(
                tag,
                Deadline.in(Duration.ofMinutes(1), System::nanoTime),
                kept,
                receipt -> kept = Optional.of(receipt),
                _ -> false,
                (Phrase _, OptionalInt percent) -> percents.add(percent.orElseThrow()));
    }

    private Path folder() {
        return BackupTask.folder(temp.resolve("state")).resolve("shop");
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(folder())) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> entries(String archive) {
        Backup backup =
                new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "local",
                        "backout",
                        Optional.of(AgeKey.load(temp.resolve("state/key.txt"))));
        return backup.verify(folder().resolve(archive)).entries().stream()
                .map(Manifest.Entry::path)
                .toList();
    }

    @Test
    void one_whose_archive_is_gone_is_not_done() throws IOException {
        task().perform(step(), work("7F3KQ/2"));
        Files.delete(folder().resolve("7F3KQ-2.tar.zst.age"));
        assertThat(task().done(step(), kept)).isFalse();
    }

    @Test
    void files_and_data_are_saved_and_it_says_how_far_it_is() {
        Phrase told = task().perform(step(), work("7F3KQ/2"));
        assertThat(told.toString()).contains("read back and compared, 7F3KQ-2.tar.zst.age");
        assertThat(entries("7F3KQ-2.tar.zst.age")).containsExactly("settings", "data", "data/rows");
        assertThat(percents).isSorted().endsWith(100);
        assertThat(task().done(step(), kept)).isTrue();
        assertThat(task().done(step(), Optional.empty())).isFalse();
    }

    @Test
    void a_part_that_is_left_out_is_left_out_and_the_files_never_are() {
        Findings findings = Unsaved.data(Phrase.of("it may need 9 GB"));
        assertThat(findings.told())
                .containsExactly(
                        Phrase.of("the data is not backed up: {0}", Phrase.of("it may need 9 GB")));
        var unsaved = Unsaved.of(findings);
        assertThat(Unsaved.of(step(5, unsaved))).isEqualTo(unsaved);
        task().perform(step(5, unsaved), work("7F3KQ/2"));
        assertThat(entries("7F3KQ-2.tar.zst.age")).containsExactly("settings");
    }

    @Test
    void as_many_older_ones_stay_as_were_asked_for() throws IOException {
        for (int run = 1; run <= 4; run++) {
            task().perform(step(2, new Unsaved(List.of())), work("RUN0" + run + "/2"));
            Files.setLastModifiedTime(
                    folder().resolve("RUN0" + run + "-2.tar.zst.age"),
                    FileTime.from(Instant.ofEpochSecond(1_000_000 + run)));
        }
        assertThat(files().stream().filter(name -> name.matches("RUN..-2.tar.zst.age")))
                .containsExactly(
                        "RUN02-2.tar.zst.age", "RUN03-2.tar.zst.age", "RUN04-2.tar.zst.age");
    }

    @Test
    void what_was_cut_off_is_made_anew_and_cleaning_up_takes_away_its_own_alone()
            throws IOException {
        task().perform(step(), work("OTHER/2"));
        Files.writeString(folder().resolve("7F3KQ-2.tar.zst.age"), "half an archive");
        Files.writeString(folder().resolve("7F3KQ-2.tar.zst.age.part"), "half");
        task().perform(step(), work("7F3KQ/2"));
        assertThat(entries("7F3KQ-2.tar.zst.age")).contains("data/rows");

        task().cleanUp(step(), kept, work("7F3KQ/2"));
        assertThat(files()).isNotEmpty().allMatch(name -> name.startsWith("OTHER-2"));
        task().cleanUp(step(), kept, work("7F3KQ/2"));
    }

    @Test
    void a_folder_that_cannot_be_made_changes_nothing() throws IOException {
        Files.createDirectories(temp.resolve("state"));
        Files.writeString(temp.resolve("state/backups"), "a file");
        assertThatThrownBy(() -> task().perform(step(), work("7F3KQ/2")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the backup folder cannot be written");
    }

    private BackupLook look(Path folder) {
        return new BackupLook(
                new Backup(
                        InstantSource.system(),
                        Space.ofFileStore(),
                        "local",
                        "backout",
                        Optional.empty()),
                folder);
    }

    @Test
    void a_look_counts_what_would_be_saved() {
        var source = new Source("data", temp.resolve("shop/data"));
        BackupLook.Counted counted = look(temp).data(() -> List.of(), Exclusions.NONE);
        assertThat(counted).isEqualTo(new BackupLook.Counted(Findings.fine(), 0));
        counted = look(temp.resolve("backups")).data(() -> List.of(source), Exclusions.NONE);
        assertThat(counted.findings()).isEqualTo(Findings.fine());
        assertThat(counted.needed()).isBetween(100_000L, 200_000L);
        assertThat(look(temp).full(Long.MAX_VALUE, 0)).isPresent();
        assertThat(look(temp).full(1, Long.MAX_VALUE / 2)).isPresent();
    }

    @Test
    void what_a_look_finds_impossible_is_left_out_and_told() {
        var around = new Source("all", temp);
        assertThat(
                        look(temp.resolve("backups"))
                                .data(() -> List.of(around), Exclusions.NONE)
                                .findings()
                                .told()
                                .toString())
                .contains("the data is not backed up: the backup would lie inside");
        assertThat(
                        look(temp)
                                .data(
                                        () -> {
                                            throw new ProblemException(
                                                    Problem.of(
                                                            Phrase.of("no such container"),
                                                            Phrase.NONE));
                                        },
                                        Exclusions.NONE)
                                .findings()
                                .omitted())
                .containsOnlyKeys(Unsaved.DATA);
    }
}
