package backout.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which release is gone back to, for a ledger and what can be had. */
class ChooserTest {
    private static final Instant START = Instant.parse("2026-03-01T02:00:00Z");
    private final List<TargetEvent> events = new ArrayList<>();
    private final Map<String, Object> settings = new HashMap<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> elsewhere = new HashSet<>();

    /** Releases are called by one letter; the later one was seen, the newer it is. */
    private ChooserTest seen(String... ids) {
        for (String id : ids) {
            Instant at = START.plus(Duration.ofHours(events.size()));
            events.add(new TargetEvent.Seen(at, "sha256:" + id, "shop/web:" + id, id, ""));
        }
        return this;
    }

    private ChooserTest good(String... ids) {
        for (String id : ids) {
            events.add(new TargetEvent.FoundGood(START, "sha256:" + id, ""));
        }
        return this;
    }

    private ChooserTest bad(String id, String why) {
        events.add(new TargetEvent.MarkedBad(START, "sha256:" + id, Phrase.verbatim(why), "li"));
        return this;
    }

    private Chooser chooser(String current) {
        var target =
                new Target(
                        TargetName.of("compose/web"),
                        "local",
                        "prod",
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(),
                        new Settings(settings));
        return new Chooser(target, Ledger.of(events), "sha256:" + current, new Shelf());
    }

    private final class Shelf implements Releases {
        @Override
        public Had again(Release release) {
            if (gone.contains(release.tag())) {
                throw Problem.stop(Phrase.of("{0} is gone", release.tag()), Phrase.of("load it"));
            }
            return new Had(release, release.source(), release.id(), true);
        }

        @Override
        public Optional<Had> find(String text) {
            if (!elsewhere.contains(text)) {
                return Optional.empty();
            }
            String id = "shop/web@sha256:" + text;
            var release =
                    new Release(id, "shop/web:" + text, text, "", START, START, null, null, null);
            return Optional.of(new Had(release, release.source(), id, false));
        }
    }

    private static String message(ThrowingCallable work) {
        var thrown = catchThrowable(work);
        assertThat(thrown).isInstanceOf(ProblemException.class);
        return ((ProblemException) thrown).problem().toString();
    }

    @Test
    void the_last_good_one_that_does_not_run_is_chosen() {
        seen("a", "b", "c", "d").good("a", "b", "d");
        Chosen chosen = chooser("d").choose(_ -> List.of());
        assertThat(chosen.release().tag()).isEqualTo("b");
        assertThat(chosen.why().toString())
                .isEqualTo(
                        "the last one whose checks held: last seen 2026-03-01 03:00" + " +00:00");
        assertThat(chosen.warnings()).isEmpty();
    }

    @Test
    void what_was_good_and_is_marked_is_passed_over_and_told() {
        seen("a", "b", "c").good("a", "b").bad("b", "leaks");
        Chosen chosen = chooser("c").choose(_ -> List.of());
        assertThat(chosen.release().tag()).isEqualTo("a");
        assertThat(chosen.warnings()).hasToString("[b was passed over: marked bad because leaks]");
    }

    @Test
    void what_others_object_to_is_passed_over_and_told() {
        seen("a", "b", "c").good("a", "b");
        Chosen chosen =
                chooser("c")
                        .choose(it ->
                                it.release().tag().equals("b")
                                        ? List.of(Phrase.of("worker was bad with it"))
                                        : List.of());
        assertThat(chosen.release().tag()).isEqualTo("a");
        assertThat(chosen.warnings()).hasToString("[b was passed over: worker was bad with it]");
    }

    @Test
    void without_a_good_one_the_configuration_names_it() {
        seen("c");
        settings.put("known-good", "k");
        elsewhere.add("k");
        Chosen chosen = chooser("c").choose(_ -> List.of());
        assertThat(chosen.identity()).isEqualTo("shop/web@sha256:k");
        assertThat(chosen.isHere()).isFalse();
        assertThat(chosen.why()).hasToString("config/targets.yml names it as known good");
    }

    @Test
    void a_known_good_one_that_cannot_be_had_is_told_by_name() {
        seen("c");
        settings.put("known-good", "k");
        assertThat(message(() -> chooser("c").choose(_ -> List.of())))
                .contains("k, which config/targets.yml names as known good");
    }

    @Test
    void without_any_a_person_must_pick() {
        seen("a", "b");
        assertThat(message(() -> chooser("b").choose(_ -> List.of())))
                .contains("no release of it is proven good yet")
                .contains("compose web to a (never proven, shop/web:a)");
    }

    /** Going back further by itself would hide that the nearest way back is lost. */
    @Test
    void the_chosen_one_that_is_gone_is_not_silently_replaced() {
        seen("a", "b", "c").good("a", "b");
        gone.add("b");
        assertThat(message(() -> chooser("c").choose(_ -> List.of()))).contains("b is gone");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a | you named it; its checks held | []",
                "b | you named it; it was never proven | [release b was never proven here]",
                "x | you named it; it is marked BAD: leaks | [release x is marked bad: leaks]",
                "e | you named it; it was never proven here | [release e was never proven here]",
            })
    void a_named_one_is_taken_with_what_is_known_of_it(String text, String why, String warnings) {
        seen("a", "b", "x", "c").good("a").bad("x", "leaks");
        elsewhere.add("e");
        Chosen chosen = chooser("c").named(text);
        assertThat(chosen.release().tag()).isEqualTo(text);
        assertThat(chosen.why()).hasToString(why);
        assertThat(chosen.warnings()).hasToString(warnings);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c | release c is what runs now",
                "zzzz | there is no release \"zzzz\" of it. known: c, beta, alpha",
                "betta | there is no release \"betta\" of it. did you mean beta? known",
            })
    void a_named_one_that_cannot_be_meant_is_refused_as_words(String text, String message) {
        seen("alpha", "beta", "c");
        assertThatThrownBy(() -> chooser("c").named(text))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.isOfWords()).isTrue();
                            assertThat(e.problem().toString()).contains(message);
                        });
    }

    @Test
    void what_two_releases_are_called_needs_an_id() {
        events.add(new TargetEvent.Seen(START, "sha256:1111111111", "w:1", "latest", ""));
        events.add(new TargetEvent.Seen(START, "sha256:2222222222", "w:2", "latest", ""));
        assertThat(message(() -> chooser("c").named("latest")))
                .contains("several releases are called latest")
                .contains("1111111111")
                .contains("2222222222");
    }
}
