package backout.chat.slack;

import backout.chat.Block;
import backout.chat.Button;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Phrase;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import java.util.ArrayList;
import java.util.List;

/** What can be pressed: a few buttons, and the rest behind "⋯". */
final class SlackButtons {
    private final Words words;

    SlackButtons(Words words) {
        this.words = words;
    }

    /**
     * @param buttons said in the reader's language
     */
    List<JsonObject> blocks(List<Button> buttons) {
        if (buttons.isEmpty()) {
            return List.of();
        }
        int shown = shown(buttons.size());
        List<Button> rest = buttons.subList(shown, buttons.size());
        List<Button> menu = rest.subList(0, Math.min(rest.size(), SlackLimits.OVERFLOW_MOST));
        var elements = new ArrayList<JsonObject>();
        for (Button button : buttons.subList(0, shown)) {
            elements.add(button(button, elements.size()));
        }
        if (!menu.isEmpty()) {
            elements.add(overflow(menu));
        }
        var actions = Kit.object("actions");
        actions.add("elements", Kit.array(elements));
        int left = rest.size() - menu.size();
        return left == 0
                ? List.of(actions)
                : List.of(
                        actions,
                        Kit.context(
                                Kit.plain(
                                        words.say(
                                                Phrase.count(
                                                        left,
                                                        "… {0} more action, see: help",
                                                        "… {0} more actions, see: help")))));
    }

    /** A menu of one is none: then one button fewer is shown. */
    private static int shown(int all) {
        int rest = all - Block.Buttons.SHOWN;
        if (rest <= 0) {
            return all;
        }
        return rest < SlackLimits.OVERFLOW_LEAST
                ? all - SlackLimits.OVERFLOW_LEAST
                : Block.Buttons.SHOWN;
    }

    private JsonObject button(Button button, int index) {
        var element = Kit.object("button");
        element.addProperty("action_id", "press-" + index);
        element.add("text", Kit.plain(shown(button.label().toString(), SlackLimits.BUTTON_LABEL)));
        element.addProperty("value", value(button, SlackLimits.BUTTON_VALUE));
        switch (button.look()) {
            case PRIMARY -> element.addProperty("style", "primary");
            case DANGER -> element.addProperty("style", "danger");
            case PLAIN -> {}
        }
        element.addProperty(
                "accessibility_label",
                PlainText.brief(
                        PlainText.line(
                                words.say(
                                        button.press().isOfRun()
                                                ? Phrase.of(
                                                        "{0} run {1}",
                                                        button.label(), button.press().run())
                                                : button.label())),
                        SlackLimits.ACCESSIBILITY_LABEL));
        if (!button.sure().isEmpty()) {
            element.add(
                    "confirm",
                    confirm(button.label().toString(), button.sure().toString(), button.look()));
        }
        return element;
    }

    private JsonObject overflow(List<Button> menu) {
        var options = new JsonArray();
        for (Button button : menu) {
            var option = new JsonObject();
            option.add(
                    "text", Kit.plain(shown(button.label().toString(), SlackLimits.OPTION_LABEL)));
            option.addProperty("value", value(button, SlackLimits.OPTION_VALUE));
            options.add(option);
        }
        var element = Kit.object("overflow");
        element.addProperty("action_id", "more");
        element.add("options", options);
        // Slack asks once for the whole menu
        String sure =
                String.join(
                        "\n",
                        menu.stream()
                                .filter(button -> !button.sure().isEmpty())
                                .map(button ->
                                        words.say(
                                                Phrase.of(
                                                        "{0}: {1}", button.label(), button.sure())))
                                .toList());
        if (!sure.isEmpty()) {
            element.add("confirm", confirm(words.say(Phrase.of("Go on")), sure, Button.Look.PLAIN));
        }
        return element;
    }

    private static String shown(String label, int most) {
        String line = PlainText.line(label);
        return PlainText.brief(line.isBlank() ? "?" : line, most);
    }

    /** Half a value would press something else. */
    private static String value(Button button, int most) {
        String value = button.press().text();
        if (value.length() > most) {
            throw new IllegalArgumentException("no press is longer than 100 characters: " + value);
        }
        return value;
    }

    private JsonObject confirm(String label, String sure, Button.Look look) {
        var confirm = new JsonObject();
        String asks = shown(label, SlackLimits.CONFIRM_TITLE).replace("…", "");
        confirm.add(
                "title",
                Kit.plain(
                        PlainText.brief(
                                words.say(Phrase.of("{0}?", asks)), SlackLimits.CONFIRM_TITLE)));
        confirm.add(
                "text",
                Kit.plain(PlainText.brief(PlainText.lines(sure), SlackLimits.CONFIRM_TEXT)));
        confirm.add("confirm", Kit.plain(shown(label, SlackLimits.CONFIRM_BUTTON)));
        confirm.add("deny", Kit.plain(words.say(Phrase.of("Not now"))));
        if (look == Button.Look.DANGER) {
            confirm.addProperty("style", "danger");
        }
        return confirm;
    }
}
