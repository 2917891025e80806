package backout.config;

import backout.command.CommandSpec;
import backout.language.Phrase;
import backout.plan.TargetKind;
import backout.problem.Shown;

import java.util.List;

/** Sees at load that a rollback names only actions that its kind of targets has. */
final class ActionWords {
    private static final String PREPARE = "prepare";
    private static final String SWITCH = "switch";

    private final TargetKind kind;
    private final Problems problems;

    ActionWords(TargetKind kind, Problems problems) {
        this.kind = kind;
        this.problems = problems;
    }

    void check(Names.Found<CommandSpec> found) {
        if (found.section().members().get(PREPARE) instanceof Yaml.Items items) {
            check(items, found.value().prepare(), kind.prepare(), SWITCH, kind.swap());
        }
        if (found.section().members().get(SWITCH) instanceof Yaml.Items items) {
            check(items, found.value().swap(), kind.swap(), PREPARE, kind.prepare());
        }
    }

    private void check(
            Yaml.Items items,
            List<String> written,
            List<String> known,
            String other,
            List<String> there) {
        for (int i = 0; i < written.size(); i++) {
            if (!known.contains(written.get(i))) {
                refuse(items.items().get(i).place(), written.get(i), known, other, there);
            }
        }
    }

    private void refuse(
            Place place, String action, List<String> known, String other, List<String> there) {
        Phrase all =
                known.isEmpty()
                        ? Phrase.of("This kind has none here")
                        : Phrase.of("Actions here are: {0}", Phrase.list(known));
        problems.add(
                place,
                Phrase.of("there is no action \"{0}\" here", Shown.of(action)),
                there.contains(action)
                        ? Phrase.of("It belongs below {0}. {1}", other, all)
                        : Names.nearest(action, known, all));
    }
}
