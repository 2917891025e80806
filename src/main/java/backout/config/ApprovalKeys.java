package backout.config;

import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** Every key about who decides and who is called, as {@link Keys} for the rest. */
public final class ApprovalKeys {
    /** Below it each level has its delay. */
    static final String ESCALATE = "escalate";

    /** Each policy below {@code policies} in {@code config/approvals.yml}. */
    public static final List<Setting> POLICY =
            List.of(
                    Setting.required(
                            "votes",
                            Form.NUMBER,
                            "How many people besides the requester must approve; 0 when the"
                                    + " requester's own confirmation is enough."),
                    Setting.choice(
                            "from",
                            List.of("L1", "L2", "L3"),
                            "L2",
                            "The lowest level whose votes count."),
                    Setting.of(
                            "confirm-within",
                            Form.WAIT,
                            "5m",
                            "How long the requester has to confirm the plan."),
                    Setting.of(
                            "approve-within",
                            Form.WAIT,
                            "30m",
                            "How long the others have to approve, from the confirmation on."),
                    Setting.of(
                            "ask-within",
                            Form.WAIT,
                            "30m",
                            "How long the question \"undo or leave as it is\" stays open; then it"
                                    + " is left as it is."),
                    Setting.choice(
                            "reason",
                            List.of("optional", "required"),
                            "optional",
                            "Whether a rollback must say why: because REASON."),
                    escalate("L1"),
                    escalate("L2"),
                    escalate("L3"),
                    Setting.of(
                            "then",
                            Form.TEXT,
                            "stop",
                            "What happens when the last level was called and nobody decides: stop,"
                                    + " or keep asking every 15m."),
                    Setting.of(
                            "silent",
                            Form.TEXTS,
                            "",
                            "Who may vote but is called with their own level only."),
                    Setting.of(
                            "p1",
                            Form.TEXT,
                            "",
                            "The policy of rollbacks that are said to be of severity p1; without"
                                    + " it, this one."),
                    Setting.of(
                            "emergency",
                            Form.TEXT,
                            "",
                            "The policy of emergencies; without it that of severity p1."),
                    Setting.choice(
                            "thaw-from",
                            List.of("L1", "L2", "L3"),
                            "L2",
                            "The lowest level that may lift a freeze that somebody else set; of a"
                                    + " freeze of the whole site the highest of all policies"
                                    + " counts."),
                    Setting.choice(
                            "break-glass-from",
                            List.of("never", "L1", "L2", "L3"),
                            "never",
                            "The lowest level that may have it run without the missing votes, by"
                                    + " typing its target and why; whoever was not asked is told,"
                                    + " and somebody else must review it before they do so"
                                    + " again."));

    /** Each level below {@code on-call} in {@code config/people.yml}. */
    public static final List<Setting> ON_CALL =
            List.of(
                    Setting.of("people", Form.TEXTS, "", "Who is on call, always."),
                    Setting.of(
                            "rotation",
                            Form.TEXT,
                            "",
                            "Who is on call in turn, as in: [li, ben] every 7d from"
                                    + " 2026-11-02T09:00 Asia/Shanghai; with `on mon-fri` behind"
                                    + " it, on those days only."),
                    Setting.of(
                            "calendar",
                            Form.TEXT,
                            "",
                            "Who is on call by a calendar in iCal form: https://…, or env:NAME that"
                                    + " holds such an address, or a file beside this one; its"
                                    + " entries name people in their title, or by the mail of"
                                    + " their attendees."),
                    Setting.of(
                            "overrides",
                            Form.TEXTS,
                            "",
                            "Who stands in, as in: ben from 2026-12-24T09:00 to 2026-12-27T09:00;"
                                    + " of two, the lower line counts."),
                    Setting.of(
                            "zone",
                            Form.TEXT,
                            "",
                            "The time zone of overrides, and of a calendar that names none, such as"
                                    + " Europe/London; without it that of the rotation, or UTC."));

    private ApprovalKeys() {}

    private static Setting escalate(String level) {
        return Setting.of(
                        level,
                        Form.DURATION,
                        "",
                        "How long after the request "
                                + level
                                + " is called while nobody decides, 0s for at once; where no level"
                                + " is named, all who may vote are called at once.")
                .below(ESCALATE);
    }
}
