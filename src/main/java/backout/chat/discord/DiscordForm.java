package backout.chat.discord;

import backout.chat.Form;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Language;
import backout.language.Phrase;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form as a modal, and back. */
final class DiscordForm {
    private static final int LABEL = 18;
    private static final int TYPED = 4;
    private static final int SELECT = 3;
    private static final int PARAGRAPH = 2;

    /** The input that shows the command, where it is too long to be carried unseen. */
    private static final String COMMAND = "=";

    private static final Pattern ID = Pattern.compile("form:([a-z0-9]{0,64}):(.*)", Pattern.DOTALL);

    private DiscordForm() {}

    /** What was filled in, by the key of the input; what was left empty is missing. */
    record Filled(String words, String plan, Map<String, String> values) {}

    /** Empty where there are more inputs than a modal can have: half of them would be no form. */
    static Optional<ObjectNode> modal(Form asked, Language language) {
        var words = new Words(language);
        Form form = asked.in(language);
        String id = "form:" + form.plan() + ":";
        boolean carried = id.length() + form.words().length() <= DiscordLimits.CUSTOM_ID;
        var inputs = new ArrayList<ObjectNode>();
        form.inputs().forEach(input -> inputs.add(input(input, words)));
        if (!carried) {
            inputs.add(command(form.words(), words));
        }
        if (inputs.size() > DiscordLimits.MODAL_INPUTS) {
            return Optional.empty();
        }
        ObjectNode modal =
                Kit.object()
                        .put("custom_id", carried ? id + form.words() : id)
                        .put("title", brief(form.title(), DiscordLimits.MODAL_TITLE));
        modal.set("components", Kit.array(inputs));
        return Optional.of(modal);
    }

    private static String brief(Phrase text, int most) {
        String line = PlainText.line(text.toString());
        return PlainText.brief(line.isBlank() ? "–" : line, most);
    }

    /** Discord has no hidden input: what was typed is shown, and may be changed as when typing. */
    private static ObjectNode command(String said, Words words) {
        return labelled(
                brief(words.language().said(Phrase.of("The command so far")), DiscordLimits.LABEL),
                "",
                typed(COMMAND, DiscordLimits.INPUT_VALUE).put("value", said));
    }

    private static ObjectNode input(Form.Input input, Words words) {
        List<Form.Option> options =
                input.options().stream()
                        .filter(option -> option.value().length() <= DiscordLimits.OPTION_VALUE)
                        .limit(DiscordLimits.OPTIONS)
                        .toList();
        int left = input.options().size() - options.size();
        String hint = PlainText.line(words.say(hint(input, left))).strip();
        ObjectNode field =
                options.isEmpty()
                        ? typed(input.key(), DiscordLimits.INPUT_TEXT)
                        : select(input, options);
        if (options.isEmpty() && !input.filled().isEmpty()) {
            field.put("value", PlainText.brief(input.filled(), DiscordLimits.INPUT_TEXT));
        }
        return labelled(
                brief(input.label(), DiscordLimits.LABEL),
                PlainText.brief(hint, DiscordLimits.LABEL_DESCRIPTION),
                field.put("required", !input.optional()));
    }

    private static Phrase hint(Form.Input input, int left) {
        return left == 0
                ? input.hint()
                : Phrase.of("{0} more: type the command instead. {1}", left, input.hint());
    }

    private static ObjectNode labelled(String label, String hint, ObjectNode component) {
        ObjectNode labelled = Kit.object(LABEL).put("label", label);
        if (!hint.isEmpty()) {
            labelled.put("description", hint);
        }
        labelled.set("component", component);
        return labelled;
    }

    private static ObjectNode typed(String key, int most) {
        return Kit.object(TYPED)
                .put("custom_id", key)
                .put("style", PARAGRAPH)
                .put("max_length", most)
                .put("required", true);
    }

    private static ObjectNode select(Form.Input input, List<Form.Option> options) {
        ObjectNode select = Kit.object(SELECT).put("custom_id", input.key());
        if (input.optional()) {
            select.put("min_values", 0);
        }
        select.set(
                "options",
                Kit.array(options.stream().map(option -> option(input, option)).toList()));
        return select;
    }

    private static ObjectNode option(Form.Input input, Form.Option option) {
        var shown = Kit.option(brief(option.label(), DiscordLimits.OPTION_LABEL), option.value());
        return option.value().equals(input.filled()) ? shown.put("default", true) : shown;
    }

    /** Empty for a modal that is none of ours. */
    static Optional<Filled> filled(JsonNode data) {
        Matcher id = ID.matcher(data.path("custom_id").asString(""));
        if (!id.matches()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (JsonNode label : data.path("components")) {
            JsonNode input = label.path("component");
            String value =
                    input.has("values")
                            ? input.path("values").path(0).asString("")
                            : input.path("value").asString("");
            if (!value.isBlank()) {
                values.put(input.path("custom_id").asString(""), value.strip());
            }
        }
        String shown = values.remove(COMMAND);
        return Optional.of(new Filled(shown == null ? id.group(2) : shown, id.group(1), values));
    }
}
