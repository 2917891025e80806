package backout.chat.console.web;

import java.util.Optional;

/** What somebody sees who is not signed in. */
final class SignInPages {
    private final Layout layout;

    SignInPages(Layout layout) {
        this.layout = layout;
    }

    Html how() {
        return layout.isDemo() ? demo() : page("Sign in", instruction());
    }

    /** Not signed in, there is no token: a form of anybody else is known by its origin. */
    private Html demo() {
        return page(
                "Who are you?",
                Html.of(
                        "p",
                        "This is the demo: you may be anybody, and become somebody else at the top"
                                + " of every page. One person asks for a rollback, another one"
                                + " approves it."
                                + layout.begin()),
                layout.people(new Hand("", Secrets::name), ""));
    }

    private static Html instruction() {
        return Html.of("div")
                .add(
                        Html.of("p", "On the host where Backout runs, type:"),
                        Html.of("pre")
                                .with("tabindex", "0")
                                .with("aria-label", "To be typed")
                                .add(Html.of("code", "bot/backout signin YOUR-NAME")),
                        Html.of(
                                "p",
                                "and open the link that it prints. It is good once, for ten"
                                        + " minutes."),
                        // a link from another site brings no cookie along: SameSite=Strict
                        Html.of("p")
                                .css("small")
                                .text("Signed in already? ")
                                .add(Html.of("a", "Open the console").with("href", "/")));
    }

    /** Looking at a link does not use it: chats and scanners look at links by themselves. */
    Html offer(String token, String person) {
        var form =
                Html.of("form")
                        .with("method", "post")
                        .with("action", "/signin")
                        .add(
                                Hand.hidden("token", token),
                                Html.of("button", "Sign in as " + person)
                                        .css("primary")
                                        .with("type", "submit"));
        return page(
                "Sign in",
                Html.of("p", "The link is good once. You stay signed in for twelve hours."),
                form);
    }

    Html gone() {
        return page(
                "This link is no longer good",
                Html.of("p", "It was used, or it is older than ten minutes. Make a new one."),
                instruction());
    }

    private Html page(String title, Html... content) {
        var main = Html.of("main").css("narrow").add(Html.of("h1", title)).add(content);
        return layout.page(title, Optional.empty(), "", "", main);
    }
}
