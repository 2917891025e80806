package backout.chat.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.frontdesk.Bot;
import backout.frontdesk.History;
import backout.frontdesk.RunFilter;
import backout.language.Phrase;
import backout.plan.TargetName;
import backout.problem.ProblemException;
import backout.run.Run;
import backout.run.RunId;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All runs that are kept, open ones first, a page at a time, of those that somebody asks for. */
final class RunsPage {
    static final int MOST = 25;

    private static final List<String> KEYS = List.of("target", "by", "result", "since");
    private static final String BEFORE = "before";

    private final Bot bot;
    private final Layout layout;
    private final RunTable table;

    RunsPage(Bot bot, Layout layout) {
        this.bot = bot;
        this.layout = layout;
        this.table = new RunTable(bot);
    }

    /** The page with those filters; empty ones are left out. */
    static String address(Map<String, String> filters) {
        String query =
                filters.entrySet().stream()
                        .filter(one -> !one.getValue().isEmpty())
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), UTF_8))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/runs" : "/runs?" + query;
    }

    /**
     * @throws Refused when it is no run that older ones are asked for
     */
    Html page(Session session, Exchange exchange) throws Refused {
        var asked = new LinkedHashMap<String, String>();
        for (String key : KEYS) {
            asked.put(key, exchange.query(key).strip());
        }
        String before = exchange.query(BEFORE);
        if (!before.isEmpty() && !RunId.isRunId(before)) {
            throw Refused.notFound();
        }
        Phrase title = Phrase.of("All runs");
        var main =
                Html.of("main")
                        .css("wide")
                        .add(ChannelPage.back(), Html.of("h1", title), filters(asked));
        try {
            var wanted =
                    RunFilter.of(
                            bot.site(),
                            asked.getOrDefault("target", ""),
                            asked.getOrDefault("by", ""),
                            asked.getOrDefault("result", ""),
                            asked.getOrDefault("since", ""),
                            bot.clock().instant(),
                            exchange.language().zone());
            main.add(
                    found(
                            wanted,
                            asked,
                            Optional.of(before).filter(RunId::isRunId).map(RunId::new)));
        } catch (ProblemException e) {
            main.add(Problems.of(e.problems()));
        }
        return layout.page(title, Optional.of(session), "", "", main);
    }

    private Html found(RunFilter wanted, Map<String, String> asked, Optional<RunId> before) {
        var history = new History(bot.journal());
        List<Run> open = before.isEmpty() ? history.open(wanted) : List.of();
        List<Run> page = history.runs(wanted, before, MOST + 1);
        List<Run> shown = page.stream().limit(MOST).toList();
        List<Run> over = shown.stream().filter(run -> run.outcome().isPresent()).toList();
        var section = Html.of("div").css("found");
        if (!open.isEmpty()) {
            section.add(table.panel(Phrase.of("Open"), open, Phrase.NONE));
        }
        if (open.isEmpty() || !over.isEmpty()) {
            section.add(table.panel(Phrase.of("Over"), over, Phrase.of("No run is like that.")));
        }
        var ways = Html.of("p").css("ways");
        if (before.isPresent()) {
            ways.add(Html.of("a", Phrase.of("The newest")).with("href", address(asked)));
        }
        if (page.size() > MOST) {
            var older = new LinkedHashMap<>(asked);
            older.put(BEFORE, shown.getLast().id().text());
            ways.add(Html.of("a", Phrase.of("Older ones →")).with("href", address(older)));
        }
        return section.add(ways);
    }

    private Html filters(Map<String, String> asked) {
        var site = bot.site();
        return Html.of("form")
                .css("filters")
                .with("method", "get")
                .with("action", "/runs")
                .add(
                        choice(
                                "target",
                                Phrase.of("target"),
                                site.targets().keySet().stream().map(TargetName::toString),
                                asked),
                        choice("by", Phrase.of("who"), site.people().keySet().stream(), asked),
                        choice("result", Phrase.of("outcome"), RunFilter.results().stream(), asked),
                        choice(
                                "since",
                                Phrase.of("since"),
                                Stream.of("24h", "7d", "30d", "365d"),
                                asked),
                        Html.of("button", Phrase.of("Show")).with("type", "submit"));
    }

    /** What was asked for by hand is offered too, so that it is seen. */
    private static Html choice(
            String key, Phrase label, Stream<String> values, Map<String, String> asked) {
        String chosen = asked.getOrDefault(key, "");
        var select = Html.of("select").id("filter-" + key).with("name", key);
        select.add(Html.of("option", Phrase.of("all")).with("value", ""));
        Stream.concat(values, Stream.of(chosen).filter(value -> !value.isEmpty()))
                .distinct()
                .forEach(value -> {
                    var option = Html.of("option", value).with("value", value);
                    select.add(value.equals(chosen) ? option.flag("selected") : option);
                });
        return Html.of("div")
                .css("field")
                .add(Html.of("label", label).with("for", "filter-" + key), select);
    }
}
