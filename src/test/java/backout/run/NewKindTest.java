package backout.run;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Plan;
import backout.plan.Release;
import backout.plan.Step;
import backout.plan.Step.Phase;
import backout.run.Outcome.Result;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A kind of targets that says only what differs, rolled back by the whole core: folders behind a
 * link, served by a real server.
 */
class NewKindTest extends FolderSite {
    @Test
    void the_release_that_is_named_comes_and_is_proven_and_the_next_time_it_is_chosen()
            throws IOException {
        runner(leases).sight(site().target(NAME).orElseThrow());
        Run named = rolledBack("1.0");

        assertThat(result(named)).isEqualTo(Result.PROVEN);
        assertThat(served()).isEqualTo("1.0");
        Plan plan = named.plan();
        assertThat(plan.from()).extracting(Plan.Shown::name).isEqualTo("2.0");
        assertThat(plan.warnings()).contains(Phrase.of("release {0} was never proven here", "1.0"));
        assertThat(plan.checks()).anyMatch(line -> line.contains("[BODY].version == 1.0"));
        assertThat(plan.undoChecks()).anyMatch(line -> line.contains("[BODY].version == 2.0"));

        Ledger ledger = Ledger.of(journal.read(NAME));
        runner(leases).sight(site().target(NAME).orElseThrow());
        assertThat(ledger.lock()).isPresent();
        deploy("2.0");
        Run chosen = rolledBack();
        assertThat(result(chosen)).isEqualTo(Result.PROVEN);
        assertThat(chosen.plan().why().toString()).startsWith("the last one whose checks held");
        assertThat(chosen.plan().warnings())
                .anyMatch(warning -> warning.toString().contains("is locked since run"));
        assertThat(Ledger.of(journal.read(NAME)).release("1.0"))
                .map(Release::standing)
                .contains(Release.Standing.GOOD);
    }

    @Test
    void what_makes_it_worse_is_taken_back() throws IOException {
        Run run = rolledBack("broken");

        assertThat(result(run)).isEqualTo(Result.UNDONE);
        assertThat(served()).isEqualTo("2.0");
    }

    @Test
    void what_is_not_there_and_what_runs_already_is_refused() throws IOException {
        assertThat(rolledBack("3.0").planProblem().orElseThrow().what().toString())
                .contains("there is no release \"3.0\"");
        assertThat(rolledBack("2.0").planProblem().orElseThrow().what().toString())
                .contains("is what runs now");
        assertThat(served()).isEqualTo("2.0");
    }

    @Test
    void it_ends_the_same_wherever_a_process_dies() throws IOException {
        for (String to : List.of("1.0", "broken")) {
            journal = new MemoryJournal(leases);
            Result smooth = result(rolledBack(to));
            runs = 0;
            boolean died = true;
            for (int at = 0; died; at++) {
                deploy("2.0");
                int[] left = {at};
                Consumer<String> dying =
                        where -> {
                            if (left[0]-- == 0) {
                                throw new Crash(where);
                            }
                        };
                journal = new MemoryJournal(leases, dying);
                assertThat(result(rolledBack(to))).as("%s, dead at %d", to, at).isEqualTo(smooth);
                assertThat(served()).isEqualTo(smooth == Result.PROVEN ? to : "2.0");
                died = left[0] < 0;
                runs = 0;
            }
        }
    }

    /** Its move keeps to what every move keeps to. */
    @Nested
    final class Linking extends MoveContract {
        private final Step step =
                new Step(
                        "folder.link",
                        NAME,
                        Phase.SWITCH,
                        "2.0",
                        "1.0",
                        Map.of(),
                        Phrase.verbatim("serve"));

        @Override
        protected void arrange() {
            try {
                Files.deleteIfExists(home.resolve("next"));
                deploy("2.0");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected Move move() {
            return (Move) kind().actions().values().iterator().next();
        }

        @Override
        protected Step step() {
            return step;
        }

        @Override
        protected String world() {
            try (Stream<Path> all = Files.list(home)) {
                return served() + all.sorted().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected void refuse() {
            try {
                Files.delete(home.resolve("current"));
                Files.createFile(home.resolve("current"));
                assertThat(Files.isRegularFile(home.resolve("current"), LinkOption.NOFOLLOW_LINKS))
                        .isTrue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected boolean type(List<Phrase> lines) {
            lines.forEach(line -> run(line.toString(), ""));
            return true;
        }

        @Override
        protected void run(String script, String argument) {
            try {
                int code = new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
                assertThat(code).as(script).isZero();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
