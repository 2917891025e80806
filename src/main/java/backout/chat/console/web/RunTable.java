package backout.chat.console.web;

import backout.frontdesk.Bot;
import backout.language.Phrase;
import backout.report.Say;
import backout.run.Run;

import java.util.List;

/** Runs, a row each, with the link to each. */
record RunTable(Bot bot) {
    /**
     * @param none what stands there where there is no run
     */
    Html panel(Phrase title, List<Run> runs, Phrase none) {
        return TargetPage.table(
                title,
                List.of(
                        Phrase.of("run"),
                        Phrase.of("outcome"),
                        Phrase.of("when"),
                        Phrase.of("who"),
                        Phrase.of("what")),
                runs.stream().map(this::row).toList(),
                none);
    }

    private Html row(Run run) {
        var now = bot.clock().instant();
        var seen = new Feed.Seen(run, bot.halted(run.id()), bot.word(run.id()), 0);
        var link = Html.of("a", run.id().text()).with("href", "/run/" + run.id());
        return Html.of("tr")
                .add(
                        Html.of("td").with("data-label", Phrase.of("run")).add(link),
                        Html.of("td")
                                .with("data-label", Phrase.of("outcome"))
                                .add(Mood.of(seen, now).badge()),
                        TargetPage.cell(Phrase.of("when"), Say.ago(run.request().at(), now)),
                        TargetPage.cell(Phrase.of("who"), Phrase.verbatim(run.requester())),
                        TargetPage.cell(Phrase.of("what"), Phrase.verbatim(run.request().words())));
    }
}
