package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import backout.chat.Block;
import backout.chat.Cards;
import backout.chat.Message;
import backout.chat.console.Style;
import backout.chat.console.TextRenderer;
import backout.language.Language;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.run.Run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a tired person sees of a run at a glance, and what they can read before they press. */
final class CardTest {
    /** So many characters of its letters has a phone of 390 pixels in one line. */
    private static final int PHONE = 48;

    private static final TextRenderer PHONES =
            new TextRenderer(PHONE, Style.PLAIN, Language.ENGLISH);

    static Stream<String> withButtons() {
        return Cards.all().entrySet().stream()
                .filter(card -> buttons(card.getValue()) >= 0)
                .map(Map.Entry::getKey);
    }

    private static Message card(String state) {
        return Objects.requireNonNull(Cards.all().get(state));
    }

    private static Run run(String state) {
        return Objects.requireNonNull(Cards.runs().get(state));
    }

    private static int buttons(Message card) {
        return IntStream.range(0, card.blocks().size())
                .filter(index -> card.blocks().get(index) instanceof Block.Buttons)
                .findFirst()
                .orElse(-1);
    }

    /** On a phone a label stands before its value, in the same line. */
    private static Stream<Block> narrow(Block block) {
        return block instanceof Block.Fields(List<Block.Field> fields)
                ? fields.stream()
                        .map(field ->
                                new Block.Text(Phrase.of("{0}  {1}", field.label(), field.value())))
                : Stream.of(block);
    }

    private static List<String> lines(List<Block> blocks) {
        return PHONES.lines(new Message(Phrase.NONE, blocks)).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("withButtons")
    void the_buttons_are_on_the_first_screen_of_a_phone(String state) {
        Message card = card(state);
        var before = card.blocks().subList(0, buttons(card)).stream().flatMap(CardTest::narrow);
        assertThat(lines(before.toList())).hasSizeLessThanOrEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"card-proven", "card-undone", "card-denied", "card-no-plan"})
    void one_that_is_over_is_its_verdict_and_what_to_do(String state) {
        List<Block> blocks = card(state).blocks();
        assertThat(blocks).filteredOn(block -> !(block instanceof Block.Buttons)).hasSize(3);
        assertThat(((Block.Lines) blocks.get(1)).lines()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void who_waits_for_a_vote_reads_whose_and_how_the_service_is() {
        assertThat(lines(card("card-awaiting-approval").blocks()))
                .contains("Waits for 1 vote of L2: anna, ben: 14 min left")
                .anyMatch(line -> line.contains("✗ The service: unwell: container [STATE]"));
    }

    @Test
    void every_word_of_the_plan_is_told_in_the_thread_before_anybody_is_asked() {
        Run run = run("card-planned");
        Message told = News.since(run, 0, Cards.site(), Instant.EPOCH).orElseThrow();
        String text = String.join(" ", PHONES.lines(told)).replaceAll("\\s+", " ");
        Plan plan = run.plan();
        assertThat(text)
                .contains(plan.steps().stream().map(Step::says).map(Phrase::toString).toList())
                .contains(plan.facts().stream().map(fact -> fact.value().toString()).toList())
                .contains(plan.warnings().stream().map(Phrase::toString).toList())
                .contains(plan.willNotUndo().stream().map(Phrase::toString).toList())
                .contains(plan.from().identity(), plan.to().identity());
    }

    @Test
    void how_the_service_was_is_told_in_the_thread_before_anybody_votes() {
        Run run = run("card-awaiting-approval");
        Message told =
                News.since(run, run.events().size() - 1, Cards.site(), Instant.EPOCH).orElseThrow();
        assertThat(lines(told.blocks()))
                .anyMatch(line -> line.contains("✗ container [STATE] == running — before"));
    }

    @Test
    void what_the_checks_saw_is_told_in_the_thread() {
        Run run = run("card-undone");
        Message told = News.since(run, 0, Cards.site(), Instant.EPOCH).orElseThrow();
        assertThat(told.blocks().stream().filter(Block.Table.class::isInstance)).hasSize(2);
    }
}
