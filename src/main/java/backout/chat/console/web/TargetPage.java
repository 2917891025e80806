package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetName;
import backout.report.Say;
import backout.run.Run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One target: what runs, its lock, the ledger of its releases, its last runs. */
final class TargetPage {
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
        var rows =
                bot.journal().recent(Feed.RECENT).stream()
                        .map(id -> Run.of(bot.journal().read(id)))
                        .filter(run -> run.request().isAbout(target.name()))
                        .map(this::run)
                        .toList();
        return table(
                Phrase.of("Runs"),
                List.of(
                        Phrase.of("run"),
                        Phrase.of("when"),
                        Phrase.of("who"),
                        Phrase.of("what"),
                        Phrase.of("outcome")),
                rows,
                Phrase.of("No run was asked for lately."));
    }

    private Html run(Run run) {
        var seen = new Feed.Seen(run, bot.halted(run.id()), bot.word(run.id()), 0);
        var link = Html.of("a", run.id().text()).with("href", "/run/" + run.id());
        return Html.of("tr")
                .add(
                        Html.of("td").with("data-label", Phrase.of("run")).add(link),
                        cell(Phrase.of("when"), ago(run.request().at())),
                        cell(Phrase.of("who"), Phrase.verbatim(run.requester())),
                        cell(Phrase.of("what"), Phrase.verbatim(run.request().words())),
                        Html.of("td")
                                .with("data-label", Phrase.of("outcome"))
                                .add(Mood.of(seen, bot.clock().instant()).badge()));
    }

    private static Html cell(Phrase label, Phrase text) {
        return Html.of("td").with("data-label", label).add(Html.of("span", text));
    }

    private static Html table(Phrase title, List<Phrase> headers, List<Html> rows, Phrase none) {
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
