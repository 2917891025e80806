package backout.config;

import backout.approval.Policy;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetName;

import java.nio.file.Path;

/** {@code config/approvals.yml} */
final class PoliciesFile {
    private PoliciesFile() {}

    static Names<Policy> read(Path file, Problems problems) {
        var sections = new SectionReader(problems);
        return new NamedSections(file, problems)
                .read(
                        "policies",
                        TargetName::isWord,
                        Phrase.of("a lower-case word, such as production"),
                        (name, yaml) ->
                                sections.read(yaml, Keys.POLICY)
                                        .map(settings -> policy(name, settings)));
    }

    private static Policy policy(String name, Settings settings) {
        return new Policy(
                name,
                Math.toIntExact(settings.number("votes")),
                Keys.level(settings.text("from")),
                settings.duration("confirm-within"),
                settings.duration("approve-within"),
                settings.duration("ask-within"),
                settings.text("reason").equals("required"));
    }
}
