package backout.chat.console.web;

import backout.command.Site;

import java.util.List;
import java.util.Optional;

/** What every page has around it. */
final class Layout {
    private final Bot bot;
    private final boolean demo;

    /**
     * @param demo whether anybody may be anybody
     */
    Layout(Bot bot, boolean demo) {
        this.bot = bot;
        this.demo = demo;
    }

    boolean isDemo() {
        return demo;
    }

    /** With whom the demo's story begins. */
    String begin() {
        return new Guide(bot.site().get())
                .asks()
                .map(person -> " Begin as " + person.name() + ".")
                .orElse("");
    }

    /**
     * @param mark up to where the page shows what happened; empty for a page that stays as it is
     * @param focus the id of the element that answers what was just done; may be empty
     */
    Html page(String title, Optional<Session> session, String mark, String focus, Html... content) {
        var body = Html.of("body").with("data-mark", mark).with("data-focus", focus);
        body.with("data-now", Long.toString(bot.clock().instant().toEpochMilli()));
        body.add(Html.of("a", "To the content").css("skip").with("href", "#content"));
        body.add(header(session));
        body.add(
                Html.of("p")
                        .id("news")
                        .css("unseen")
                        .with("role", "status")
                        .with("aria-live", "polite"));
        body.add(Html.of("div").css("page").id("content").with("tabindex", "-1").add(content));
        return Html.of("html").with("lang", "en").add(head(title), body);
    }

    private static Html head(String title) {
        return Html.of("head")
                .add(
                        Html.of("meta").with("charset", "utf-8"),
                        Html.of("meta")
                                .with("name", "viewport")
                                .with("content", "width=device-width, initial-scale=1"),
                        Html.of("meta").with("name", "color-scheme").with("content", "light dark"),
                        Html.of("title", title.isEmpty() ? "Backout" : title + " · Backout"),
                        Html.of("link").with("rel", "stylesheet").with("href", "/console.css"),
                        Html.of("script").with("src", "/console.js").flag("defer"));
    }

    private Html header(Optional<Session> session) {
        var header = Html.of("header").add(Html.of("a", "Backout").css("brand").with("href", "/"));
        if (demo) {
            header.add(Html.of("span", "demo").css("badge over"));
        }
        session.ifPresent(one -> header.add(demo ? people(one.hand(), one.person()) : who(one)));
        return header;
    }

    private Html who(Session session) {
        int level = bot.site().get().person(session.person()).level();
        var out = Html.of("button", "Sign out").css("quiet").with("type", "submit");
        return Html.of("div")
                .css("who")
                .add(
                        Html.of("span", session.person() + " · L" + level),
                        session.hand().form("/signout").add(out));
    }

    /** The demo's people, to be switched between with one press. */
    Html people(Hand hand, String me) {
        Site site = bot.site().get();
        var form = hand.form("/demo").css("people");
        form.add(Html.of("span", "I am").css("label"));
        site.people()
                .values()
                .forEach(person -> {
                    var button =
                            Html.of("button", person.name())
                                    .with("type", "submit")
                                    .with("name", "person")
                                    .with("value", person.name())
                                    .with("title", person.name() + " is L" + person.level());
                    form.add(
                            person.name().equals(me)
                                    ? button.with("aria-pressed", "true")
                                    : button);
                });
        return form;
    }

    /** A page that only says why there is no other. */
    Html problem(int status, Refused refused) {
        return page(
                "Not here",
                Optional.empty(),
                "",
                "",
                Html.of("main")
                        .css("narrow")
                        .add(
                                Html.of("h1", status == 404 ? "There is no such page" : "Not done"),
                                Problems.of(List.of(refused.problem())),
                                Html.of("p")
                                        .add(Html.of("a", "To the console").with("href", "/"))));
    }
}
