package backout.chat.console.web;

import backout.language.Phrase;

import java.util.Optional;

/** What somebody sees who is not signed in. */
final class SignInPages {
    private final Layout layout;
    private final String typed;

    /**
     * @param typed what makes a link, on the host
     */
    SignInPages(Layout layout, String typed) {
        this.layout = layout;
        this.typed = typed;
    }

    Html how() {
        return layout.isDemo() ? demo() : page(Phrase.of("Sign in"), instruction());
    }

    /** Not signed in, there is no token: a form of anybody else is known by its origin. */
    private Html demo() {
        return page(
                Phrase.of("Who are you?"),
                Html.of("p", layout.begins().map(SignInPages::beginAs).orElse(anybody())),
                layout.people(new Hand("", Secrets::name), ""));
    }

    private static Phrase beginAs(String person) {
        return Phrase.of(
                "This is the demo: you may be anybody, and become somebody else at the top of every"
                        + " page. One person asks for a rollback, another one approves it. Begin as"
                        + " {0}.",
                person);
    }

    private static Phrase anybody() {
        return Phrase.of(
                "This is the demo: you may be anybody, and become somebody else at the top of every"
                        + " page. One person asks for a rollback, another one approves it.");
    }

    private Html instruction() {
        return Html.of("div")
                .add(
                        Html.of("p", Phrase.of("On the host where Backout runs, type:")),
                        Html.of("pre")
                                .with("tabindex", "0")
                                .with("aria-label", Phrase.of("To be typed"))
                                .add(Html.of("code", typed)),
                        Html.of(
                                "p",
                                Phrase.of(
                                        "and open the link that it prints. It is good once, for"
                                                + " ten minutes.")),
                        // a link from another site brings no cookie along: SameSite=Strict
                        Html.of("p")
                                .css("small")
                                .text(Phrase.of("Signed in already?"))
                                .text(" ")
                                .add(
                                        Html.of("a", Phrase.of("Open the console"))
                                                .with("href", "/")));
    }

    /** Looking at a link does not use it: chats and scanners look at links by themselves. */
    Html offer(String token, String person) {
        var form =
                Html.of("form")
                        .with("method", "post")
                        .with("action", "/signin")
                        .add(
                                Hand.hidden("token", token),
                                Html.of("button", Phrase.of("Sign in as {0}", person))
                                        .css("primary")
                                        .with("type", "submit"));
        return page(
                Phrase.of("Sign in"),
                Html.of(
                        "p",
                        Phrase.of("The link is good once. You stay signed in for twelve hours.")),
                form);
    }

    Html gone() {
        return page(
                Phrase.of("This link is no longer good"),
                Html.of(
                        "p",
                        Phrase.of("It was used, or it is older than ten minutes. Make a new one.")),
                instruction());
    }

    private Html page(Phrase title, Html... content) {
        var main = Html.of("main").css("narrow").add(Html.of("h1", title)).add(content);
        return layout.page(title, Optional.empty(), "", "", main);
    }
}
