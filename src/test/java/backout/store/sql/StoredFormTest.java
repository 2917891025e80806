package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.language.Phrase;
import backout.plan.TargetEvent;
import backout.run.Outcome;
import backout.run.RunEvent;
import backout.run.RunId;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The stored form is for ever: journals of old versions are read, and today's text is pinned. */
class StoredFormTest {
    private static final Instant AT = Instant.parse("2026-03-01T02:14:00Z");

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/journal/v1", file));
    }

    private static RunEvent read(String line) {
        return StoredEvents.RUN.read(line, RunEvent.Unreadable::new);
    }

    private static TargetEvent readTarget(String line) {
        return StoredEvents.TARGET.read(
                line,
                (_, version, type) -> {
                    throw new AssertionError("unreadable: " + type + " v" + version);
                });
    }

    @Test
    void an_old_run_is_read_as_what_was_written() throws IOException {
        assertThat(lines("run.jsonl").stream().map(StoredFormTest::read))
                .containsExactlyElementsOf(ExampleRun.EVENTS);
    }

    @Test
    void a_run_is_written_as_it_always_was() throws IOException {
        assertThat(
                        String.join(
                                "\n",
                                ExampleRun.EVENTS.stream().map(StoredEvents.RUN::write).toList()))
                .isEqualTo(String.join("\n", lines("run-written-now.jsonl")));
    }

    @Test
    void an_old_target_is_read_as_what_was_written() throws IOException {
        assertThat(lines("target.jsonl").stream().map(StoredFormTest::readTarget))
                .containsExactlyElementsOf(ExampleRun.ABOUT);
    }

    @Test
    void a_target_is_written_as_it_always_was() throws IOException {
        assertThat(
                        String.join(
                                "\n",
                                ExampleRun.ABOUT.stream().map(StoredEvents.TARGET::write).toList()))
                .isEqualTo(String.join("\n", lines("target-written-now.jsonl")));
    }

    @Test
    void every_kind_of_event_has_a_stored_name_and_an_example() {
        assertThat(StoredEvents.OF_RUNS.stream().<Class<?>>map(StoredForm.Type::event))
                .containsExactlyInAnyOrderElementsOf(
                        kinds(RunEvent.class, RunEvent.Unreadable.class));
        assertThat(StoredEvents.OF_TARGETS.stream().<Class<?>>map(StoredForm.Type::event))
                .containsExactlyInAnyOrderElementsOf(kinds(TargetEvent.class));
        assertThat(ExampleRun.EVENTS.stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        kinds(RunEvent.class, RunEvent.Unreadable.class));
        assertThat(ExampleRun.ABOUT.stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds(TargetEvent.class));
    }

    private static List<Class<?>> kinds(Class<?> family, Class<?>... but) {
        var kinds =
                new ArrayList<Class<?>>(
                        Stream.of(family.getPermittedSubclasses())
                                .flatMap(kind ->
                                        kind.isInterface() ? kinds(kind).stream() : Stream.of(kind))
                                .toList());
        kinds.removeAll(List.of(but));
        return kinds;
    }

    @Test
    void what_is_only_read_is_never_written() {
        assertThatThrownBy(() -> StoredEvents.RUN.write(new RunEvent.Unreadable(AT, 2, "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_is_to_be_typed_by_hand_is_kept() {
        var lines = List.of(Phrase.verbatim("docker start relay"), Phrase.of("# {0}", "x"));
        var outcome = new Outcome(Outcome.Result.UNDO_FAILED, Phrase.of("a"), Phrase.NONE, lines);
        var finished = new RunEvent.Finished(AT, outcome);
        assertThat(read(StoredEvents.RUN.write(finished))).isEqualTo(finished);
    }

    @Test
    void fields_of_a_newer_backout_are_ignored() {
        assertThat(
                        read(
                                """
                                {"type":"confirmed","v":1,"at":"2026-03-01T02:14:00Z","by":"anna",
                                 "plan":"0a1b2c3d4e5f","mood":{"tired":true}}\
                                """))
                .isEqualTo(new RunEvent.Confirmed(AT, "anna", "0a1b2c3d4e5f"));
    }

    @Test
    void fields_that_an_older_backout_did_not_know_are_empty() {
        assertThat(
                        read(
                                """
                                {"type":"requested","v":1,"at":"2026-03-01T02:14:00Z","run":"7F3KQ",
                                 "delivery":"d1","requester":"anna","target":"compose/relay"}\
                                """))
                .isEqualTo(
                        new RunEvent.Requested(
                                AT,
                                new RunId("7F3KQ"),
                                "d1",
                                "anna",
                                OtherProcess.TARGET,
                                "",
                                "",
                                "",
                                Map.of(),
                                ""));
        assertThat(read("{\"type\":\"settled\",\"v\":1,\"at\":\"2026-03-01T02:14:00Z\"}"))
                .isEqualTo(new RunEvent.Settled(AT, List.of(), List.of()));
    }

    @Test
    void an_unknown_type_is_unreadable() {
        assertThat(read("{\"type\":\"teleported\",\"v\":1,\"at\":\"2026-03-01T02:14:00Z\"}"))
                .isEqualTo(new RunEvent.Unreadable(AT, 1, "teleported"));
    }

    @Test
    void a_newer_version_of_a_known_type_is_unreadable() {
        assertThat(read("{\"type\":\"confirmed\",\"v\":2,\"at\":\"2026-03-01T02:14:00Z\"}"))
                .isEqualTo(new RunEvent.Unreadable(AT, 2, "confirmed"));
    }

    @Test
    void a_word_that_a_known_type_did_not_have_is_unreadable() {
        assertThat(
                        read(
                                """
                                {"type":"step-began","v":1,"at":"2026-03-01T02:14:00Z","step":1,
                                 "leg":"SIDEWAYS"}\
                                """))
                .isEqualTo(new RunEvent.Unreadable(AT, 1, "step-began"));
    }

    @Test
    void an_event_without_a_name_is_unreadable() {
        assertThat(read("{}")).isEqualTo(new RunEvent.Unreadable(Instant.EPOCH, 0, ""));
        assertThat(read("[]")).isEqualTo(new RunEvent.Unreadable(Instant.EPOCH, 0, ""));
    }
}
