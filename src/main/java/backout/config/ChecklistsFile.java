package backout.config;

import backout.language.Phrase;
import backout.plan.Checklist;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.plan.Settings;
import backout.plan.TargetName;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code config/checklists.yml}; a site whose targets name no list has none. */
final class ChecklistsFile {
    /** Each list below {@code checklists} in {@code config/checklists.yml}. */
    static final List<Setting> KEYS =
            List.of(
                    Setting.of(
                            "checks",
                            Form.TEXTS,
                            "",
                            "What can be looked at by itself: checks that prove each target that"
                                    + " names the list, besides its own."),
                    Setting.of(
                            "by-hand",
                            Form.TEXTS,
                            "",
                            "What only a person can see, a sentence each: verify TARGET shows it,"
                                    + " to be ticked off."),
                    Setting.of(
                            "suite",
                            Form.TEXTS,
                            "",
                            "Requests in their order, which may change something: sent when"
                                    + " somebody says suite TARGET, and never by a rollback."),
                    Setting.of(
                            "clean-up",
                            Form.TEXTS,
                            "",
                            "Requests that take back what those made: all of them are sent after"
                                    + " them, whatever came of them."));

    private ChecklistsFile() {}

    static Names<Checklist> read(Path file, Problems problems) {
        if (!Files.exists(file)) {
            return new Names<>(Set.of(), Map.of());
        }
        var sections = new SectionReader(problems);
        return new NamedSections(file, problems)
                .read(
                        "checklists",
                        TargetName::isWord,
                        Phrase.of("a lower-case word, such as shop"),
                        (name, yaml) ->
                                sections.read(yaml, KEYS).map(settings -> list(name, settings)));
    }

    private static Checklist list(String name, Settings settings) {
        return new Checklist(
                name,
                settings.texts("checks"),
                settings.texts("by-hand"),
                settings.texts("suite"),
                settings.texts("clean-up"));
    }
}
