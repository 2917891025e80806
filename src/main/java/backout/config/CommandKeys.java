package backout.config;

import backout.plan.Risk;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys of a file below {@code commands/}. */
final class CommandKeys {
    /** Each file in {@code commands/}. */
    static final List<Setting> LIST =
            List.of(
                    Setting.required(
                            "name", Form.WORD, "The word that is typed; also the file's name."),
                    Setting.required("says", Form.TEXT, "One line for help."),
                    Setting.of(
                            "words",
                            Form.TEXT,
                            "",
                            "What may follow: [optional], VALUE, a|b, REST...; without it nothing"
                                    + " may follow."),
                    Keys.required(
                            "level",
                            Keys.LEVELS,
                            "The lowest level that may say it; L0 for everybody in"
                                    + " config/people.yml."),
                    Keys.required(
                            "does",
                            Does.names(),
                            "What answers it: rollback, or the built-in of that name."),
                    Setting.of(
                            "kind",
                            Form.TEXT,
                            "",
                            "For a rollback: the kind of targets it is for."),
                    Setting.of(
                            "prepare",
                            Form.TEXTS,
                            "",
                            "For a rollback: the actions before the downtime, in order."),
                    Setting.of(
                            "switch",
                            Form.TEXTS,
                            "",
                            "For a rollback: the actions that are the downtime, in order."),
                    Setting.of(
                            "checks",
                            Form.TEXTS,
                            "",
                            "For a rollback: what proves it, one check per line."),
                    Setting.choice(
                            "risk",
                            Risk.words(),
                            "button",
                            "How a press is made sure of: button does it at once, dialog asks back,"
                                    + " typed has TARGET@POLICY typed; a rollback's, when it is"
                                    + " confirmed."));

    private CommandKeys() {}
}
