package backout.chat.console.web;

import backout.command.CommandSpec;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Target;
import backout.plan.TargetLock;
import backout.plan.TargetName;
import backout.report.Card;
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
        Hand hand = session.hand();
        var main =
                Html.of("main")
                        .css("wide")
                        .add(
                                ChannelPage.back(),
                                Html.of("h1", target.name().toString()),
                                facts(target, ledger),
                                plan(target, hand),
                                releases(target, ledger, hand),
                                runs(target));
        return layout.page(target.name().toString(), Optional.of(session), "", "", main);
    }

    private Html facts(Target target, Ledger ledger) {
        var list = Html.of("dl");
        String now =
                ledger.releases().stream()
                        .findFirst()
                        .map(release -> release.name() + ", seen " + ago(release.lastSeen()))
                        .orElse("never seen yet");
        list.add(pair("runs", now));
        list.add(pair("host", target.host()));
        list.add(pair("approval", approval(target)));
        list.add(pair("lock", ledger.lock().map(this::says).orElse("none: it may go forward")));
        return Html.of("div").css("panel").add(list);
    }

    private String approval(Target target) {
        var policy = bot.site().get().policyOf(target);
        return policy.votes() == 0
                ? policy.name() + ": the requester's own confirmation"
                : policy.name()
                        + ": "
                        + Phrase.count(policy.votes(), "{0} vote", "{0} votes")
                        + " from L"
                        + policy.from();
    }

    private String says(TargetLock lock) {
        return "locked by "
                + lock.by()
                + " "
                + ago(lock.since())
                + ", run "
                + lock.run()
                + ": "
                + lock.why();
    }

    private Phrase ago(Instant then) {
        return Say.ago(then, bot.clock().instant());
    }

    private static Html pair(String label, String value) {
        return Html.of("div").add(Html.of("dt", label), Html.of("dd", value));
    }

    /** The plan before it runs, and the lock to be lifted. */
    private Html plan(Target target, Hand hand) {
        Site site = bot.site().get();
        var buttons = Html.of("div").css("buttons");
        planWords(site, target)
                .ifPresent(words ->
                        buttons.add(
                                say(
                                        hand,
                                        words,
                                        "Show the plan",
                                        "primary",
                                        target.name().toString())));
        boolean locked = Ledger.of(bot.journal().read(target.name())).lock().isPresent();
        if (locked) {
            Card.command(site, "unlock")
                    .ifPresent(unlock ->
                            buttons.add(unlock(hand, unlock.name() + " " + target.name())));
        }
        return buttons;
    }

    private static Optional<String> planWords(Site site, Target target) {
        return Card.command(site, "plan")
                .flatMap(plan ->
                        site.commands().stream()
                                .filter(CommandSpec::isRollback)
                                .filter(command -> command.kind().equals(target.name().kind()))
                                .findFirst()
                                .map(command ->
                                        plan.name()
                                                + " "
                                                + command.name()
                                                + " "
                                                + target.name().name()));
    }

    private static Html say(Hand hand, String words, String label, String css, String about) {
        return hand.form("/say")
                .add(
                        Hand.hidden("words", words),
                        Html.of("button", label)
                                .css(css)
                                .with("type", "submit")
                                .with("aria-label", label + ": " + about));
    }

    private static Html unlock(Hand hand, String words) {
        var form =
                hand.form("/say")
                        .css("fields")
                        .add(
                                Hand.hidden("words", words),
                                Html.of("div")
                                        .css("field")
                                        .add(
                                                Html.of("label", "Why it may go forward again")
                                                        .with("for", "because"),
                                                Html.of("input")
                                                        .id("because")
                                                        .with("name", "because")
                                                        .with("type", "text")
                                                        .with("maxlength", "1000")
                                                        .with("autocomplete", "off")),
                                Html.of("button", "Lift the lock")
                                        .css("primary")
                                        .with("type", "submit"));
        return Html.of("details")
                .css("sure")
                .add(
                        Html.of("summary", "Unlock…").css("button"),
                        Html.of("div").css("really").add(form));
    }

    private Html releases(Target target, Ledger ledger, Hand hand) {
        var rows = new ArrayList<Html>();
        List<Release> releases = ledger.releases();
        for (int at = 0; at < releases.size(); at++) {
            rows.add(release(target, releases.get(at), at == 0, hand));
        }
        return table(
                "Releases",
                List.of("release", "standing", "last seen", "image", ""),
                rows,
                "Nothing was seen running here yet.");
    }

    private Html release(Target target, Release release, boolean running, Hand hand) {
        Phrase standing =
                switch (release.standing()) {
                    case GOOD -> Phrase.of("good");
                    case BAD -> Phrase.of("bad: {0}", release.bad());
                    case NEVER_PROVEN -> Phrase.of("not proven");
                };
        boolean offered = !running && release.standing() != Release.Standing.BAD;
        var plan =
                planWords(bot.site().get(), target)
                        .filter(_ -> offered)
                        .map(words ->
                                say(
                                        hand,
                                        words + " to " + release.name(),
                                        "Plan",
                                        "plain",
                                        "back to " + release.name()))
                        .orElse(Html.nothing());
        String css =
                switch (release.standing()) {
                    case GOOD -> "good";
                    case BAD -> "poor";
                    case NEVER_PROVEN -> "care";
                };
        return Html.of("tr")
                .add(
                        cell(
                                "release",
                                Phrase.of(
                                        "{0}{1}",
                                        release.name(),
                                        (running ? Phrase.of(" (runs)") : Phrase.NONE))),
                        cell("standing", standing).css(css),
                        cell("last seen", ago(release.lastSeen())),
                        cell("image", Phrase.of("{0} · {1}", release.image(), release.shortId()))
                                .css("image"),
                        Html.of("td").add(plan));
    }

    private Html runs(Target target) {
        var rows =
                bot.journal().recent(Feed.RECENT).stream()
                        .map(id -> Run.of(bot.journal().read(id)))
                        .filter(run -> run.request().target().equals(target.name()))
                        .map(this::run)
                        .toList();
        return table(
                "Runs",
                List.of("run", "when", "who", "what", "outcome"),
                rows,
                "No run was asked for lately.");
    }

    private Html run(Run run) {
        var seen = new Feed.Seen(run, bot.halted().apply(run.id()), 0);
        var link = Html.of("a", run.id().text()).with("href", "/run/" + run.id());
        return Html.of("tr")
                .add(
                        Html.of("td").with("data-label", "run").add(link),
                        cell("when", ago(run.request().at())),
                        cell("who", Phrase.verbatim(run.requester())),
                        cell("what", Phrase.verbatim(run.request().words())),
                        Html.of("td")
                                .with("data-label", "outcome")
                                .add(Mood.of(seen, bot.clock().instant()).badge()));
    }

    private static Html cell(String label, Phrase text) {
        return Html.of("td").with("data-label", label).add(Html.of("span", text.toString()));
    }

    private static Html table(String title, List<String> headers, List<Html> rows, String none) {
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
