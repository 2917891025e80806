package backout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import backout.language.Language;
import backout.language.Phrase;
import backout.run.RunEvent;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A journal keeps what is told in a form that each reader can have in their own language. */
class StoredPhraseTest {
    private static final Instant AT = Instant.parse("2026-03-01T02:14:00Z");
    private static final Language CHINESE = Language.of("zh-CN", ZoneOffset.ofHours(8));

    private static String written(Phrase why) {
        return StoredEvents.RUN.write(new RunEvent.UndoDecided(AT, "anna", why));
    }

    private static Phrase read(String line) {
        RunEvent event = StoredEvents.RUN.read(line, RunEvent.Unreadable::new);
        return ((RunEvent.UndoDecided) event).why();
    }

    @Test
    void what_it_holds_comes_back_as_it_was() {
        Phrase inner = Phrase.of("step {0} did not work: {1}", 2, Phrase.of("just now"));
        for (Phrase phrase :
                List.of(
                        Phrase.NONE,
                        Phrase.verbatim("{0} is typed"),
                        Phrase.of("just now"),
                        Phrase.of("{0} left", Duration.ofMinutes(4)),
                        Phrase.of("{0}: {1}", AT, List.of("a", inner)),
                        inner)) {
            assertThat(read(written(phrase))).isEqualTo(phrase);
        }
    }

    @Test
    void it_is_readable_by_eye_and_said_in_each_language() {
        String line = written(Phrase.of("{0} left", Duration.ofMinutes(4)));
        assertThat(line).endsWith("\"why\":{\"text\":\"{0} left\",\"with\":[{\"for\":\"PT4M\"}]}}");
        assertThat(CHINESE.say(read(line))).isEqualTo("剩余 4 分钟");
        assertThat(read(line)).hasToString("4 min left");
    }

    @Test
    void what_an_older_backout_wrote_is_shown_as_it_was_written() {
        String line =
                """
                {"type":"undo-decided","v":1,"at":"2026-03-01T02:14:00Z","by":"anna","why":"just now"}\
                """;
        assertThat(CHINESE.say(read(line))).isEqualTo("just now");
    }
}
