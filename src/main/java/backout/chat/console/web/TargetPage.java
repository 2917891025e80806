package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.frontdesk.History;
import backout.frontdesk.RunFilter;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.report.Say;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One target: what runs, its lock, the ledger of its releases, its last runs. */
final class TargetPage {
    /** How many of its runs are shown. */
    private static final int LAST = 10;

    private final Bot bot;
    private final Layout layout;

    TargetPage(Bot bot, Layout layout) {
        this.bot = bot;
        this.layout = layout;
    }

    static String address(TargetName name) {
        return "/target/" + name;
    }

    Html page(Session session, Target target) {
        Ledger ledger = Ledger.of(bot.journal().read(target.name()));
        var actions = new TargetActions(bot, target, session);
        var main =
                Html.of("main")
                        .css("wide")
                        .add(
                                ChannelPage.back(),
                                Html.of("h1", target.name().toString()),
                                new TargetFacts(bot, target, ledger).panel(),
                                actions.panel(ledger),
                                releases(target, ledger, actions),
                                runs(target));
        return layout.page(
                Phrase.verbatim(target.name().toString()), Optional.of(session), "", "", main);
    }

    private Phrase ago(Instant then) {
        return Say.ago(then, bot.clock().instant());
    }

    private Html releases(Target target, Ledger ledger, TargetActions actions) {
        var rows = new ArrayList<Html>();
        List<Release> releases = ledger.releases();
        for (int at = 0; at < releases.size(); at++) {
            rows.add(release(target, ledger, releases.get(at), at == 0, actions));
        }
        return table(
                Phrase.of("Releases"),
                List.of(
                        Phrase.of("release"),
                        Phrase.of("standing"),
                        Phrase.of("last seen"),
                        Phrase.of("image"),
                        Phrase.NONE),
                rows,
                Phrase.of("Nothing was seen running here yet."));
    }

    private Html release(
            Target target, Ledger ledger, Release release, boolean running, TargetActions actions) {
        Phrase standing =
                switch (release.standing()) {
                    case GOOD -> release.good();
                    case BAD -> Phrase.of("bad: {0}", release.bad());
                    case NEVER_PROVEN -> Phrase.of("not proven");
                };
        boolean offered = !running && release.standing() != Release.Standing.BAD;
        Html plan = offered ? actions.plan(ledger, release) : Html.nothing();
        String css =
                switch (release.standing()) {
                    case GOOD -> "good";
                    case BAD -> "poor";
                    case NEVER_PROVEN -> "care";
                };
        return Html.of("tr")
                .add(
                        cell(
                                Phrase.of("release"),
                                running
                                        ? Phrase.of("{0} (runs)", release.name())
                                        : Phrase.verbatim(release.name())),
                        cell(Phrase.of("standing"), standing).css(css),
                        cell(
                                Phrase.of("last seen"),
                                ago(new TargetFacts(bot, target, ledger).lastSeen(release))),
                        cell(
                                        Phrase.of("image"),
                                        Phrase.of("{0} · {1}", release.source(), release.shortId()))
                                .css("image"),
                        Html.of("td").add(plan));
    }

    private Html runs(Target target) {
        var wanted = RunFilter.of(Optional.of(target.name()));
        var all =
                Html.of("a", Phrase.of("All of its runs"))
                        .with("href", RunsPage.address(Map.of("target", target.name().toString())));
        return new RunTable(bot)
                .panel(
                        Phrase.of("Runs"),
                        new History(bot.journal()).runs(wanted, LAST),
                        Phrase.of("No run was asked for yet."))
                .add(Html.of("p").add(all));
    }

    static Html cell(Phrase label, Phrase text) {
        return Html.of("td").with("data-label", label).add(Html.of("span", text));
    }

    static Html table(Phrase title, List<Phrase> headers, List<Html> rows, Phrase none) {
        var head = Html.of("tr");
        headers.forEach(header ->
                head.add(
                        header.isEmpty()
                                ? Html.of("td")
                                : Html.of("th", header).with("scope", "col")));
        var table = Html.of("table").add(Html.of("thead").add(head), Html.of("tbody").add(rows));
        return Html.of("section")
                .css("panel")
                .add(
                        Html.of("h2", title),
                        rows.isEmpty() ? Html.of("p", none).css("small") : table);
    }
}
