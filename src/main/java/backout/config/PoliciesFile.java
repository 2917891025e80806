package backout.config;

import backout.approval.Escalation;
import backout.approval.EscalationStep;
import backout.approval.Policy;
import backout.check.Quantity;
import backout.language.Phrase;
import backout.plan.Settings;
import backout.plan.TargetName;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
                                sections.read(yaml, ApprovalKeys.POLICY)
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
                settings.text("reason").equals("required"),
                escalation(settings.below(ApprovalKeys.ESCALATE)),
                Then.read(settings.text("then")).every(),
                settings.texts("silent"),
                settings.textIfAny("p1").orElse(""),
                Keys.level(settings.text("thaw-from")),
                glassFrom(settings.text("break-glass-from")),
                settings.textIfAny("emergency").orElse(""));
    }

    private static int glassFrom(String level) {
        return level.equals("never") ? 0 : Keys.level(level);
    }

    private static List<EscalationStep> escalation(Settings delays) {
        return delays.values().keySet().stream()
                .map(level -> new EscalationStep(Keys.level(level), delays.duration(level)))
                .sorted(
                        Comparator.comparing(EscalationStep::after)
                                .thenComparingInt(EscalationStep::level))
                .toList();
    }

    /**
     * What becomes of it when nobody answers.
     *
     * @param every how often the last level is called again; null for never
     */
    record Then(boolean isUnderstood, @Nullable Duration every) {
        private static final Pattern AGAIN = Pattern.compile("keep asking every (\\S+)");

        static Then read(String text) {
            Matcher again = AGAIN.matcher(text);
            if (!again.matches()) {
                return new Then(text.equals("stop"), null);
            }
            return Quantity.duration(again.group(1))
                    .filter(every -> every.compareTo(Escalation.NUDGE_EVERY) >= 0)
                    .map(every -> new Then(true, every))
                    .orElseGet(() -> new Then(false, null));
        }
    }
}
