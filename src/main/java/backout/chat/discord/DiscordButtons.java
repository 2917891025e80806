package backout.chat.discord;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Phrase;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/** What can be pressed: a few buttons, and the rest in a menu below them. */
final class DiscordButtons {
    /** Before the press of a button that asks before it counts: Discord itself does not ask. */
    static final String ASKS = "?";

    static final String MENU = "more";

    private static final int BUTTON = 2;
    private static final int MENU_TYPE = 3;
    private static final int GREY = 2;
    private static final int GREEN = 3;
    private static final int RED = 4;

    private final Words words;

    DiscordButtons(Words words) {
        this.words = words;
    }

    /**
     * @param buttons said in the reader's language
     */
    List<ObjectNode> rows(List<Button> buttons) {
        if (buttons.isEmpty()) {
            return List.of();
        }
        int shown = Math.min(buttons.size(), Block.Buttons.SHOWN);
        List<Button> rest = buttons.subList(shown, buttons.size());
        var rows = new ArrayList<ObjectNode>();
        rows.add(Kit.row(buttons.subList(0, shown).stream().map(this::button).toList()));
        if (!rest.isEmpty()) {
            rows.add(Kit.row(List.of(menu(rest))));
        }
        int left = rest.size() - DiscordLimits.OPTIONS;
        if (left > 0) {
            rows.add(
                    Kit.text(
                            "-# "
                                    + words.say(
                                            Phrase.count(
                                                    left,
                                                    "… {0} more action, see: help",
                                                    "… {0} more actions, see: help"))));
        }
        return rows;
    }

    private ObjectNode button(Button button) {
        return Kit.object(BUTTON)
                .put(
                        "style",
                        switch (button.look()) {
                            case PRIMARY -> GREEN;
                            case DANGER -> RED;
                            case PLAIN -> GREY;
                        })
                .put("label", shown(button, DiscordLimits.BUTTON_LABEL))
                .put("custom_id", value(button));
    }

    private ObjectNode menu(List<Button> rest) {
        ObjectNode menu = Kit.object(MENU_TYPE).put("custom_id", MENU).put("placeholder", "⋯");
        menu.set(
                "options",
                Kit.array(
                        rest.stream()
                                .limit(DiscordLimits.OPTIONS)
                                .map(button ->
                                        Kit.option(
                                                shown(button, DiscordLimits.OPTION_LABEL),
                                                value(button)))
                                .toList()));
        return menu;
    }

    private static String shown(Button button, int most) {
        String line = PlainText.line(button.label().toString());
        return PlainText.brief(line.isBlank() ? "?" : line, most);
    }

    /** Half a value would press something else. */
    private static String value(Button button) {
        String value = (button.sure().isEmpty() ? "" : ASKS) + button.press().text();
        if (value.length() > DiscordLimits.CUSTOM_ID) {
            throw new IllegalArgumentException("no press is longer than 99 characters: " + value);
        }
        return value;
    }

    /** The one button of the question whether it is meant: pressing it counts. */
    ObjectNode meant(Button button) {
        return Kit.row(
                List.of(
                        button(
                                new Button(
                                        button.label(),
                                        button.look(),
                                        button.press(),
                                        Phrase.NONE))));
    }
}
