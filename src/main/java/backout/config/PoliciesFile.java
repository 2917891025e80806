package backout.config;

import backout.approval.Policy;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetName;

import java.nio.file.Path;
import java.util.List;

/** {@code config/approvals.yml} */
final class PoliciesFile {
    private static final List<String> WAITS =
            List.of("confirm-within", "approve-within", "ask-within");

    private PoliciesFile() {}

    static Names<Policy> read(Path file, Problems problems) {
        var sections = new SectionReader(problems);
        Names<Policy> policies =
                new NamedSections(file, problems)
                        .read(
                                "policies",
                                TargetName::isWord,
                                "a lower-case word, such as production",
                                (name, yaml) ->
                                        sections.read(yaml, Keys.POLICY)
                                                .map(settings -> policy(name, settings)));
        policies.read().values().forEach(found -> refuseNoTime(found, problems));
        return policies;
    }

    private static Policy policy(String name, Settings settings) {
        return new Policy(
                name,
                Math.toIntExact(settings.number("votes")),
                Levels.of(settings.text("from")),
                settings.duration("confirm-within"),
                settings.duration("approve-within"),
                settings.duration("ask-within"),
                settings.text("reason").equals("required"));
    }

    private static void refuseNoTime(Found<Policy> found, Problems problems) {
        Policy policy = found.value();
        var waits = List.of(policy.confirmWithin(), policy.approveWithin(), policy.askWithin());
        for (int i = 0; i < WAITS.size(); i++) {
            if (waits.get(i).isZero()) {
                problems.add(
                        found.place(WAITS.get(i)),
                        Phrase.of("leaves no time at all"),
                        Phrase.of("Write for example 5m"));
            }
        }
    }
}
