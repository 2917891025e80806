package backout.chat.console.web;

import java.util.function.Supplier;

/**
 * Makes the forms of one session: each carries the session's token, and a delivery id of its own,
 * so that one that is sent twice is one request.
 *
 * @param csrf the session's token
 * @param deliveries a new id each time
 */
record Hand(String csrf, Supplier<String> deliveries) {
    /** A form that posts to {@code action}. */
    Html form(String action) {
        return Html.of("form")
                .with("method", "post")
                .with("action", action)
                .add(hidden("csrf", csrf), hidden("delivery", deliveries.get()));
    }

    static Html hidden(String name, String value) {
        return Html.of("input").with("type", "hidden").with("name", name).with("value", value);
    }
}
