package backout.report;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import backout.chat.Block;
import backout.chat.Cards;
import backout.chat.Message;
import backout.run.Run;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

/** Whoever sees a card of their own sees no button that can only refuse them. */
class MineTest {
    private static Message card(String state, String person) {
        Run run = requireNonNull(Cards.runs().get(state));
        Message card = requireNonNull(Cards.all().get(state));
        return Mine.of(card, run, Cards.site(), person);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    card-planned           | li   | confirm cancel      |
                    card-planned           | anna | cancel              | Not for you: Confirm (li)
                    card-planned           | max  |                     | Not for you: Confirm (li); Cancel (li, anna, ben)
                    card-planned           | gone |                     | Not for you: Confirm (li); Cancel (li, anna, ben)
                    card-awaiting-approval | li   | deny cancel         | Not for you: Approve (anna, ben)
                    card-awaiting-approval | anna | approve deny cancel |
                    card-soaking           | max  |                     | Not for you: End the soak (li, anna, ben)
                    card-question          | max  |                     | Not for you: Undo, Keep it (li, anna, ben)
                    card-question          | li   | undo keep           |
                    card-proven            | li   | verify              |
                    card-denied            | li   |                     |
                    card-undoing           | li   |                     |
                    """)
    void a_person_sees_what_they_may_press(
            String state, String person, @Nullable String presses, @Nullable String rest) {
        Message card = card(state, person);
        assertThat(presses(card)).isEqualTo(presses == null ? "" : presses);
        String others =
                card.blocks().stream()
                        .filter(Block.Small.class::isInstance)
                        .map(block -> ((Block.Small) block).text().toString())
                        .filter(text -> text.startsWith("Not for you"))
                        .collect(Collectors.joining());
        assertThat(others).isEqualTo(rest == null ? "" : rest);
    }

    private static String presses(Message card) {
        return card.blocks().stream()
                .filter(Block.Buttons.class::isInstance)
                .flatMap(block -> ((Block.Buttons) block).buttons().stream())
                .map(button -> button.press().action())
                .collect(Collectors.joining(" "));
    }
}
