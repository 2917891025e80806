package backout.chat.console.web;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.frontdesk.Bot;
import backout.language.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The channel: the input line, what only this person sees, the cards; beside it the rest. */
final class ChannelPage {
    private final Bot bot;
    private final Feed feed;
    private final Layout layout;
    private final Cards cards;
    private final Side side;

    ChannelPage(Bot bot, Feed feed, Layout layout) {
        this.bot = bot;
        this.feed = feed;
        this.layout = layout;
        this.cards = new Cards(bot);
        this.side = new Side(bot);
    }

    /**
     * @param focus the id of the element that answers what was just done; may be empty
     */
    Html page(Session session, String focus) {
        Feed.Look look = feed.look(true);
        var list = Html.of("section").id("cards").with("aria-label", Phrase.of("Runs"));
        look.runs().forEach(seen -> list.add(cards.card(seen, session)));
        var main =
                Html.of("main")
                        .add(
                                Html.of("h1", Phrase.of("Rollbacks")).css("unseen"),
                                input(session),
                                new NoticeList(session).region(),
                                layout.isDemo()
                                        ? new Guide(bot.site()).panel(look.runs().isEmpty())
                                        : Html.nothing(),
                                list,
                                layout.isDemo() ? Html.nothing() : empty(look.runs()));
        return layout.page(
                Phrase.NONE,
                Optional.of(session),
                feed.mark(look.version()),
                focus,
                main,
                side.region(look.runs(), session.person()));
    }

    private Html input(Session session) {
        var suggestions = new Suggestions(bot.site(), bot.journal());
        var line =
                Html.of("input")
                        .id("words")
                        .with("name", "words")
                        .with("type", "text")
                        .with("list", "beginnings")
                        .with("autocomplete", "off")
                        .with("autocapitalize", "none")
                        .with("spellcheck", "false")
                        .with("maxlength", "2000")
                        .with("placeholder", "help")
                        .with("aria-describedby", "usage");
        var box =
                Html.of("div")
                        .css("line")
                        .add(
                                Html.of("span", "/rollback")
                                        .css("slash")
                                        .with("aria-hidden", "true"),
                                line,
                                Html.of("button", Phrase.of("Send"))
                                        .css("primary")
                                        .with("type", "submit"));
        var list =
                Html.of("ul")
                        .id("options")
                        .with("role", "listbox")
                        .with("aria-label", Phrase.of("Words"));
        return session.hand()
                .form("/say")
                .id("say")
                .add(
                        Html.of("label", Phrase.of("Say a command")).with("for", "words"),
                        box,
                        list.flag("hidden"),
                        Html.of("p").id("usage").css("usage"),
                        suggestions.beginnings());
    }

    /** What to type first. */
    private Html empty(List<Feed.Seen> runs) {
        Site site = bot.site();
        var box = Html.of("div").id("empty").css("empty");
        if (!runs.isEmpty()) {
            box.flag("hidden");
        }
        var lines = new ArrayList<Html>();
        site.commands().stream()
                .filter(CommandSpec::isRollback)
                .flatMap(command ->
                        site.targetsOf(command.kind()).stream()
                                .map(target -> command.name() + " " + target.name().name()))
                .limit(3)
                .forEach(line -> lines.add(example(line)));
        lines.add(example("status"));
        return box.add(
                Html.of("h2", Phrase.of("Nothing was rolled back yet")),
                Html.of(
                        "p",
                        Phrase.of(
                                "Type a command above. You see the exact plan before anything is"
                                        + " done, and it starts only when everybody who must has"
                                        + " said yes.")),
                Html.of("ul").add(lines));
    }

    private static Html example(String line) {
        return Html.of("li").add(Html.of("code", line));
    }

    /** One run alone, for links; older ones too. */
    Html run(Session session, Feed.Seen seen) {
        Phrase title = Phrase.of("Run {0}", seen.run().id());
        return layout.page(
                title,
                Optional.of(session),
                feed.mark(feed.look(false).version()),
                "",
                Html.of("main")
                        .add(
                                back(),
                                Html.of("h1", title),
                                Html.of("section")
                                        .id("cards")
                                        .flag("data-fixed")
                                        .add(cards.card(seen, session))));
    }

    static Html back() {
        return Html.of("p")
                .css("back")
                .add(Html.of("a", Phrase.of("← Rollbacks")).with("href", "/"));
    }

    /** A card that changed, for who is looking. */
    Html card(Feed.Seen seen, Session session) {
        return cards.card(seen, session);
    }

    Html side(List<Feed.Seen> runs, Session session) {
        return side.region(runs, session.person());
    }
}
