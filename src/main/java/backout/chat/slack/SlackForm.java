package backout.chat.slack;

import backout.chat.Form;
import backout.chat.PlainText;
import backout.chat.Words;
import backout.language.Language;
import backout.language.Phrase;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form as a modal view, and back. */
final class SlackForm {
    static final String CALLBACK = "form";
    private static final String VALUE = "value";
    private static final Gson JSON = new Gson();

    private SlackForm() {}

    /**
     * What the form was about, carried through Slack, which signs what it sends back.
     *
     * @param channel where it was asked for
     */
    record About(String words, String plan, String channel) {}

    /**
     * Empty where the words are longer than a view can carry: half of them would mean something
     * else.
     */
    static Optional<JsonObject> view(Form asked, String channel, Language language) {
        var words = new Words(language);
        Form form = asked.in(language);
        String about = JSON.toJson(new About(form.words(), form.plan(), channel));
        if (about.length() > SlackLimits.VIEW_METADATA) {
            return Optional.empty();
        }
        var view = Kit.object("modal");
        view.addProperty("callback_id", CALLBACK);
        view.addProperty("private_metadata", about);
        view.add("title", short24(form.title().toString(), SlackLimits.VIEW_TITLE));
        view.add("submit", short24(form.submit().toString(), SlackLimits.VIEW_BUTTON));
        view.add("close", Kit.plain(words.say(Phrase.of("Not now"))));
        var blocks = new ArrayList<JsonObject>();
        form.inputs().forEach(input -> blocks.add(input(input, words)));
        blocks.add(
                Kit.context(
                        Kit.plain(
                                words.cut(
                                        "/rollback " + PlainText.line(form.words()),
                                        SlackLimits.CONTEXT))));
        view.add("blocks", Kit.array(blocks));
        return Optional.of(view);
    }

    private static JsonObject short24(String text, int most) {
        return Kit.plain(PlainText.brief(PlainText.line(text), most));
    }

    private static JsonObject input(Form.Input input, Words words) {
        List<Form.Option> options = selectable(input.options());
        var block = Kit.object("input");
        block.addProperty("block_id", input.key());
        block.add(
                "label",
                Kit.plain(
                        PlainText.brief(
                                PlainText.line(input.label().toString()),
                                SlackLimits.INPUT_LABEL)));
        if (input.optional()) {
            block.addProperty("optional", true);
        }
        boolean external =
                input.suggested() && options.size() < Math.max(1, input.options().size());
        block.add(
                "element",
                external
                        ? external(input)
                        : options.isEmpty() ? typed(input) : select(input, options));
        int left = external ? 0 : input.options().size() - options.size();
        String hint = PlainText.line(words.say(hint(input, left)));
        if (!hint.isBlank()) {
            block.add("hint", Kit.plain(words.cut(hint.strip(), SlackLimits.INPUT_HINT)));
        }
        return block;
    }

    private static Phrase hint(Form.Input input, int left) {
        if (left == 0) {
            return input.hint();
        }
        return input.hint().isEmpty()
                ? Phrase.of("… {0} more: type the command instead", left)
                : Phrase.of("{0} … {1} more: type the command instead", input.hint(), left);
    }

    private static List<Form.Option> selectable(List<Form.Option> options) {
        return options.stream()
                .filter(option -> option.value().length() <= SlackLimits.OPTION_VALUE)
                .limit(SlackLimits.OPTIONS)
                .toList();
    }

    private static JsonObject element(String type) {
        var element = Kit.object(type);
        element.addProperty("action_id", VALUE);
        return element;
    }

    private static JsonObject typed(Form.Input input) {
        var element = element("plain_text_input");
        element.addProperty("max_length", SlackLimits.INPUT_TEXT);
        if (!input.filled().isEmpty()) {
            element.addProperty(
                    "initial_value", PlainText.brief(input.filled(), SlackLimits.INPUT_TEXT));
        }
        return element;
    }

    private static JsonObject select(Form.Input input, List<Form.Option> options) {
        var element = element("static_select");
        element.add("options", Kit.array(options.stream().map(SlackForm::option).toList()));
        options.stream()
                .filter(option -> option.value().equals(input.filled()))
                .findFirst()
                .ifPresent(option -> element.add("initial_option", option(option)));
        return element;
    }

    /** Slack asks what can be chosen, when somebody opens it and while they type. */
    private static JsonObject external(Form.Input input) {
        var element = element("external_select");
        element.addProperty("min_query_length", 0);
        if (!input.filled().isEmpty()) {
            element.add("initial_option", option(input.filled()));
        }
        return element;
    }

    /** What can be chosen, in answer to Slack's question. */
    static JsonObject suggestions(List<String> values) {
        var answer = new JsonObject();
        answer.add("options", Kit.array(values.stream().map(SlackForm::option).toList()));
        return answer;
    }

    private static JsonObject option(String value) {
        return option(new Form.Option(value, Phrase.verbatim(value)));
    }

    private static JsonObject option(Form.Option option) {
        var object = new JsonObject();
        object.add(
                "text",
                Kit.plain(
                        PlainText.brief(
                                PlainText.line(option.label().toString()),
                                SlackLimits.OPTION_LABEL)));
        object.addProperty("value", option.value());
        return object;
    }

    static About about(String metadata) {
        return JSON.fromJson(metadata, About.class);
    }

    /** What was filled in, by the key of the input; what was left empty is missing. */
    static Map<String, String> values(View view) {
        var values = new LinkedHashMap<String, String>();
        if (view.getState() == null || view.getState().getValues() == null) {
            return values;
        }
        view.getState()
                .getValues()
                .forEach((key, actions) ->
                        Optional.ofNullable(actions.get(VALUE))
                                .map(SlackForm::filled)
                                .map(String::strip)
                                .filter(text -> !text.isEmpty())
                                .ifPresent(text -> values.put(key, text)));
        return values;
    }

    private static String filled(ViewState.Value value) {
        if (value.getSelectedOption() != null) {
            return value.getSelectedOption().getValue();
        }
        return value.getValue() == null ? "" : value.getValue();
    }
}
