package backout.chat.console.web;

import backout.approval.Person;
import backout.command.Site;
import backout.frontdesk.Bot;
import backout.language.Language;
import backout.language.Phrase;

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
    Optional<String> begins() {
        return new Guide(bot.site()).asks().map(Person::name);
    }

    /**
     * @param mark up to where the page shows what happened; empty for a page that stays as it is
     * @param focus the id of the element that answers what was just done; may be empty
     */
    Html page(Phrase title, Optional<Session> session, String mark, String focus, Html... content) {
        var body = Html.of("body").with("data-mark", mark).with("data-focus", focus);
        body.with("data-now", Long.toString(bot.clock().instant().toEpochMilli()));
        tell(body);
        body.add(Html.of("a", Phrase.of("To the content")).css("skip").with("href", "#content"));
        body.add(header(session));
        body.add(
                Html.of("p")
                        .id("news")
                        .css("unseen")
                        .with("role", "status")
                        .with("aria-live", "polite"));
        body.add(Html.of("div").css("page").id("content").with("tabindex", "-1").add(content));
        session.ifPresent(
                _ -> body.add(Html.of("footer").add(Html.of("p").css("small").text(Layout::zone))));
        return Html.of("html").lang().add(head(title), body);
    }

    /** Whose times they are: a browser without scripts does not tell its own. */
    private static String zone(Language reader) {
        String id = reader.zone().getId();
        return reader.say(Phrase.of("Times are those of {0}.", id.equals("Z") ? "UTC" : id));
    }

    /** What the script says by itself; the numbers that it puts in stand in braces. */
    private static void tell(Html body) {
        body.with("data-left", Phrase.of("{0} left", "{0}"))
                .with("data-hours-left", Phrase.of("{0} h {1} min left", "{0}", "{1}"))
                .with(
                        "data-lost",
                        Phrase.of(
                                "No connection to Backout. What you see may be old; it is tried"
                                        + " again."))
                .with("data-signed-out", Phrase.of("You are signed out. What you see may be old."))
                .with("data-sign-in", Phrase.of("Sign in again"));
    }

    private static Html head(Phrase title) {
        return Html.of("head")
                .add(
                        Html.of("meta").with("charset", "utf-8"),
                        Html.of("meta")
                                .with("name", "viewport")
                                .with("content", "width=device-width, initial-scale=1"),
                        Html.of("meta").with("name", "color-scheme").with("content", "light dark"),
                        title.isEmpty()
                                ? Html.of("title", "Backout")
                                : Html.of("title", Phrase.of("{0} · Backout", title)),
                        Html.of("link").with("rel", "stylesheet").with("href", "/console.css"),
                        Html.of("script").with("src", "/console.js").flag("defer"));
    }

    private Html header(Optional<Session> session) {
        var header = Html.of("header").add(Html.of("a", "Backout").css("brand").with("href", "/"));
        if (demo) {
            header.add(Html.of("span", Phrase.of("demo")).css("badge over"));
        }
        session.ifPresent(_ ->
                header.add(
                        Html.of("nav")
                                .with("aria-label", Phrase.of("Pages"))
                                .add(
                                        Html.of("a", Phrase.of("All runs")).with("href", "/runs"),
                                        Html.of("a", Phrase.of("Doctor"))
                                                .with("href", "/doctor"))));
        session.ifPresent(one -> header.add(demo ? people(one.hand(), one.person()) : who(one)));
        return header;
    }

    private Html who(Session session) {
        int level = bot.site().person(session.person()).level();
        var out = Html.of("button", Phrase.of("Sign out")).css("quiet").with("type", "submit");
        return Html.of("div")
                .css("who")
                .add(
                        Html.of("span", session.person() + " · L" + level),
                        session.hand().form("/signout").add(out));
    }

    /** The demo's people, to be switched between with one press. */
    Html people(Hand hand, String me) {
        Site site = bot.site();
        var form = hand.form("/demo").css("people");
        form.add(Html.of("span", Phrase.of("I am")).css("label"));
        site.people()
                .values()
                .forEach(person -> {
                    var button =
                            Html.of("button", person.name())
                                    .with("type", "submit")
                                    .with("name", "person")
                                    .with("value", person.name())
                                    .with(
                                            "title",
                                            Phrase.of(
                                                    "{0} is L{1}", person.name(), person.level()));
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
                Phrase.of("Not here"),
                Optional.empty(),
                "",
                "",
                Html.of("main")
                        .css("narrow")
                        .add(
                                Html.of(
                                        "h1",
                                        status == 404
                                                ? Phrase.of("There is no such page")
                                                : Phrase.of("Not done")),
                                Problems.of(List.of(refused.problem())),
                                Html.of("p")
                                        .add(
                                                Html.of("a", Phrase.of("To the console"))
                                                        .with("href", "/"))));
    }
}
