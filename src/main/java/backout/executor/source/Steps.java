package backout.executor.source;

import backout.archive.BackupTask;
import backout.archive.Unsaved;
import backout.host.PerHost;
import backout.language.Phrase;
import backout.plan.Step;
import backout.plan.Step.Phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes the steps of one plan; each carries all that its action needs. */
record Steps(Prospect prospect, Unsaved unsaved) {
    static final String BUILD = "source.build";
    static final String BACKUP = "source.backup";
    static final String SWITCH = "source.switch";

    /** In the order in which they are done. */
    List<Step> all() {
        var steps = new ArrayList<Step>();
        for (String action : prospect.wanted().command().prepare()) {
            switch (action) {
                case BACKUP -> steps.add(backup());
                case BUILD -> {
                    if (prospect.kept().isEmpty()) {
                        steps.add(build());
                    }
                }
                default -> throw new IllegalStateException("no preparation is called " + action);
            }
        }
        steps.add(turn());
        return steps;
    }

    private Step build() {
        var settings = prospect.target().settings();
        var with = new LinkedHashMap<String, String>();
        with.put("carry", String.join("\n", prospect.carry()));
        with.put("build", String.join("\n", settings.texts("build")));
        with.put("repositories", String.join("\n", settings.texts("repositories")));
        with.put("node", prospect.node());
        with.put("within", settings.duration("build-within").toString());
        return step(
                BUILD,
                Phase.PREPARE,
                with,
                Phrase.of(
                        "build commit {0} in {1}, beside what serves",
                        Names.brief(prospect.choice().identity()), prospect.folder()));
    }

    private Step backup() {
        var with = new LinkedHashMap<String, String>();
        with.put("paths", String.join("\n", prospect.saved()));
        with.putAll(
                BackupTask.with(
                        prospect.target().settings(), prospect.choice().release().name(), unsaved));
        return step(
                BACKUP,
                Phase.PREPARE,
                with,
                unsaved.has(Unsaved.DATA)
                        ? Phrase.of(
                                "back up what is not committed, without the data; read back and"
                                        + " compared")
                        : Phrase.of(
                                "back up what is not committed, and the data; read back and"
                                        + " compared"));
    }

    private Step turn() {
        Layout layout = prospect.layout();
        return step(
                SWITCH,
                Phase.SWITCH,
                Map.of(
                        "stop",
                        prospect.target().settings().duration("stop-within").toString(),
                        "port",
                        port()),
                layout.isInPlace()
                        ? Phrase.of(
                                "stop it, move the checkout to {0}, put a link to {1} in its place,"
                                        + " start it",
                                layout.adopted(), prospect.folder())
                        : Phrase.of(
                                "stop it, turn {0} to {1}, start it",
                                layout.link(), prospect.folder()));
    }

    private String port() {
        OptionalInt port = Looks.port(prospect.target());
        return port.isPresent() ? Integer.toString(port.getAsInt()) : "";
    }

    private Step step(String action, Phase phase, Map<String, String> more, Phrase says) {
        var with = new LinkedHashMap<>(more);
        with.putAll(prospect.layout().with());
        with.put("folder", prospect.folder().toString());
        with.putAll(PerHost.with(prospect.target()));
        return new Step(
                action,
                prospect.target().name(),
                phase,
                prospect.from(),
                prospect.choice().identity(),
                with,
                says);
    }
}
