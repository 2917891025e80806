package backout.chat.console.web;

import backout.chat.Form;
import backout.chat.Form.Input;
import backout.chat.Form.Option;
import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;
import java.util.Map;

/** What only this person sees: answers, refusals, forms. */
final class NoticeList {
    private final Session session;
    private final Hand hand;
    private final HtmlRenderer renderer;

    NoticeList(Session session) {
        this.session = session;
        this.hand = session.hand();
        this.renderer = new HtmlRenderer(hand);
    }

    /** Says how new it is: an answer that was long on its way does not replace a newer one. */
    Html region() {
        long version = session.changed();
        return Html.of("section")
                .id("notices")
                .with("data-version", Long.toString(version))
                .with("aria-label", Phrase.of("Only you see this"))
                .with("aria-live", "polite")
                .with("tabindex", "-1")
                .add(session.notices().stream().map(this::notice).toList());
    }

    private Html notice(Notice notice) {
        var head =
                Html.of("div")
                        .css("head")
                        .add(
                                Html.of("p", notice.words().isEmpty() ? "help" : notice.words())
                                        .css("words"),
                                Html.of("p", Phrase.of("only you see this")).css("only"),
                                dismiss(notice));
        return Html.of("article")
                .css("notice " + kind(notice.body()))
                .id(notice.id())
                .with("tabindex", "-1")
                .with("data-version", Long.toString(notice.version()))
                .add(head, body(notice));
    }

    private Html dismiss(Notice notice) {
        return hand.form("/dismiss")
                .css("dismiss")
                .add(
                        Hand.hidden("notice", notice.id()),
                        Html.of("button", "×")
                                .with("type", "submit")
                                .css("quiet")
                                .with("aria-label", Phrase.of("Dismiss: {0}", notice.words())));
    }

    private static String kind(Notice.Body body) {
        return switch (body) {
            case Notice.Body.Said _ -> "said";
            case Notice.Body.Answer _ -> "answer";
            case Notice.Body.Waiting _ -> "waiting";
            case Notice.Body.Refusal _ -> "refusal";
            case Notice.Body.Ask _ -> "ask";
        };
    }

    private Html body(Notice notice) {
        return switch (notice.body()) {
            case Notice.Body.Said(Phrase text, var run) ->
                    Html.of("p")
                            .text(Phrase.of("{0}. ", text))
                            .add(
                                    Html.of("a", Phrase.of("See its card"))
                                            .with("href", "/run/" + run));
            case Notice.Body.Answer(var message) -> renderer.blocks(message);
            case Notice.Body.Waiting(Phrase said) ->
                    Html.of("p")
                            .text(said)
                            .text(" ")
                            .add(
                                    Html.of("a", Phrase.of("Look whether it is there"))
                                            .css("refresh")
                                            .with("href", "/"));
            case Notice.Body.Refusal(List<Problem> problems) -> Problems.of(problems);
            case Notice.Body.Ask ask -> form(notice, ask);
        };
    }

    private Html form(Notice notice, Notice.Body.Ask ask) {
        Form form = ask.form();
        var fields = hand.form("/form").css("fields").add(Hand.hidden("notice", notice.id()));
        fields.add(Problems.of(ask.problems()));
        form.inputs().forEach(input -> fields.add(input(notice.id(), input, ask.values())));
        fields.add(
                Html.of("div")
                        .css("buttons")
                        .add(
                                Html.of("button", form.submit())
                                        .css("primary")
                                        .with("type", "submit")));
        return Html.all(List.of(Html.of("h3", form.title()), fields));
    }

    private static Html input(String notice, Input input, Map<String, String> values) {
        String id = notice + "-" + input.key();
        String value = values.getOrDefault(input.key(), input.filled());
        var field = input.options().isEmpty() ? typed(value) : chosen(input, value);
        field.id(id).with("name", Requests.VALUE + input.key());
        if (!input.optional()) {
            field.flag("required");
        }
        var box = Html.of("div").css("field").add(Html.of("label", input.label()).with("for", id));
        box.add(field);
        if (!input.hint().isEmpty()) {
            field.with("aria-describedby", id + "-hint");
            box.add(Html.of("p", input.hint()).id(id + "-hint").css("hint"));
        }
        return box;
    }

    private static Html typed(String value) {
        return Html.of("input")
                .with("type", "text")
                .with("maxlength", "1000")
                .with("autocomplete", "off")
                .with("value", value);
    }

    private static Html chosen(Input input, String value) {
        var select = Html.of("select");
        if (input.optional()) {
            select.add(Html.of("option", Phrase.of("– as usual –")).with("value", ""));
        }
        for (Option option : input.options()) {
            var one = Html.of("option", option.label()).with("value", option.value());
            select.add(option.value().equals(value) ? one.flag("selected") : one);
        }
        return select;
    }
}
