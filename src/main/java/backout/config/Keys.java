package backout.config;

import backout.frontdesk.ChatKeys;
import backout.language.Language;
import backout.plan.Hooks;
import backout.plan.Risk;
import backout.plan.Setting;
import backout.plan.Setting.Form;
import backout.report.ReceiverKind;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every key of every file, declared once: the readers, the JSON schemas, the READMEs and the
 * messages about unknown keys all go by these lists.
 */
public final class Keys {
    static final List<String> LEVELS = List.of("L0", "L1", "L2", "L3");

    /** {@code config/backout.yml} */
    public static final List<Setting> BACKOUT =
            List.of(
                    Setting.choice(
                            "language",
                            Language.TAGS,
                            "en",
                            "The language of cards and announcements, and of whoever has no other"
                                    + " that is known."),
                    Setting.of(
                            "store.dir",
                            Form.TEXT,
                            "var/",
                            "The folder of the journal, backups and other artifacts; a relative one"
                                    + " starts where the bot is started."),
                    Setting.of(
                            "docker.address",
                            Form.ENGINE,
                            "unix:///var/run/docker.sock",
                            "Where the Docker engine of `host: local` listens: unix:// or"
                                    + " tcp://."),
                    Setting.of(
                            "listen.public",
                            Form.ADDRESS,
                            "0.0.0.0:8080",
                            "HOST:PORT where chats reach the bot; opened only when one needs it."),
                    Setting.of(
                            "listen.private",
                            Form.ADDRESS,
                            "127.0.0.1:8181",
                            "HOST:PORT of the web console."),
                    Setting.of(
                            "console.url",
                            Form.URL,
                            "",
                            "Where browsers reach it, for the links of /rollback console."),
                    Setting.choice(
                            "log.format",
                            List.of("text", "json"),
                            "text",
                            "How serve logs: text for people, json for machines, one object per"
                                    + " line."),
                    Setting.choice(
                            "log.level",
                            List.of("error", "warn", "info", "debug"),
                            "info",
                            "How much serve logs; bot/backout loglevel changes it for a while."),
                    Setting.of(
                            "retention.artifacts",
                            Form.DURATION,
                            "30d",
                            "How long after a run's end its former files and protective image tags"
                                    + " are kept."),
                    Setting.of(
                            "retention.messages",
                            Form.DURATION,
                            "7d",
                            "How long after a run's end it is remembered where its messages"
                                    + " are."));

    /** By what a person is called besides the chats. */
    static final String PAGER = "pager";

    static final String WEBHOOK = "webhook";

    /** Each receiver below {@code receivers} in {@code config/notices.yml}, whatever its kind. */
    public static final List<Setting> RECEIVER =
            List.of(
                    Setting.of(
                            ReceiverKind.TELLS,
                            Form.TEXTS,
                            "",
                            "What it is told: request, proposal, outcome, lock, mark, problem,"
                                    + " standby; without this key everything, [] for nothing where"
                                    + " people are only called by it."),
                    Setting.of(
                            ReceiverKind.TARGETS,
                            Form.TEXTS,
                            "",
                            "Of which targets: their names, or compose/* for all of a kind; without"
                                    + " it all."),
                    Setting.choice(
                            ReceiverKind.LANGUAGE,
                            Language.TAGS,
                            "",
                            "The language of what it is told; without it the site's."));

    /** Below it each person has an account of each chat. */
    static final String ACCOUNTS = "accounts";

    private static final Setting LEVEL =
            required("level", LEVELS, "L0 may only look, L1 developer, L2 lead, L3 decides.");

    /** Each target below {@code targets} in {@code config/targets.yml}, whatever its kind. */
    public static final List<Setting> TARGET =
            with(
                    Hooks.SETTINGS,
                    List.of(
                            Setting.of(
                                    "host",
                                    Form.HOST,
                                    "local",
                                    "Where it runs: local, or ssh:NAME of config/hosts.yml."),
                            Setting.required(
                                    "policy",
                                    Form.TEXT,
                                    "The policy of config/approvals.yml that its rollbacks need."),
                            Setting.of(
                                    "good-after",
                                    Form.DURATION,
                                    "10m",
                                    "How long a release's checks must hold before it counts as"
                                            + " good."),
                            Setting.of(
                                    "soak",
                                    Form.DURATION,
                                    "10m",
                                    "How long the checks go on after a rollback is proven; 0s for"
                                            + " not at all."),
                            Setting.of(
                                    "automatic",
                                    Form.AUTOMATIC,
                                    "propose",
                                    "What the bot does when a new release is unwell where the one"
                                        + " before was well: nothing, ask people, or roll back by"
                                        + " itself after a countdown in which anybody may say no."),
                            Setting.of(
                                    "watch.unwell-for",
                                    Form.WAIT,
                                    "2m",
                                    "How long it must be unwell before that."),
                            Setting.of(
                                    "checks",
                                    Form.TEXTS,
                                    "",
                                    "What else proves this target, besides the checks of its"
                                            + " command."),
                            Setting.of(
                                    "without-checks",
                                    Form.TEXTS,
                                    "",
                                    "Checks of its command that do not fit this target, written as"
                                            + " they stand there."),
                            Setting.of(
                                    "checklists",
                                    Form.TEXTS,
                                    "",
                                    "Lists of config/checklists.yml: their checks prove it too, and"
                                            + " what people are to see is ticked off after a"
                                            + " rollback."),
                            Setting.choice(
                                    "risk",
                                    Risk.words(),
                                    "button",
                                    "How confirming a rollback of it is made sure of at least."),
                            Setting.of(
                                    "status-page",
                                    Form.FLAG,
                                    "no",
                                    "Whether anybody may read below /status/ of the public listener"
                                            + " that it is being rolled back, or was.")));

    /** Each group below {@code groups} in {@code config/groups.yml}. */
    public static final List<Setting> GROUP =
            List.of(
                    Setting.required(
                            "targets",
                            Form.TEXTS,
                            "Its targets, kind/name as in targets.yml, in the order in which they"
                                    + " are switched; an undo begins with the last."));

    /** Each machine below {@code hosts} in {@code config/hosts.yml}. */
    public static final List<Setting> HOST =
            List.of(
                    Setting.required(
                            "address", Form.TEXT, "Its name or IP address, as the bot reaches it."),
                    Setting.of("port", Form.NUMBER, "22", "Where its SSH server listens."),
                    Setting.required(
                            "user",
                            Form.TEXT,
                            "Who the bot logs in as; must be allowed to use docker there, and to"
                                    + " write the compose files."),
                    Setting.of(
                            "key",
                            Form.TEXT,
                            "agent",
                            "What the bot logs in with: agent, or file:PATH of a private key."),
                    Setting.of(
                            "passphrase",
                            Form.SECRET,
                            "",
                            "What opens that key, where it is closed; it is never asked for."),
                    Setting.of(
                            "host-key",
                            Form.TEXT,
                            "",
                            "The key that the machine must show, as ssh-keyscan prints it; without"
                                    + " it the bot does not connect."),
                    Setting.of(
                            "jump",
                            Form.TEXT,
                            "",
                            "Another machine of this file, by way of which this one is reached."),
                    Setting.of(
                            "docker",
                            Form.ENGINE,
                            "unix:///var/run/docker.sock",
                            "Where its Docker engine listens there: unix:// or tcp://."));

    private Keys() {}

    /** {@code config/chat.yml}: those of each chat below its name. */
    static List<Setting> chat(List<ChatKeys> chats) {
        return chats.stream()
                .flatMap(
                        chat -> chat.settings().stream().map(setting -> setting.below(chat.name())))
                .toList();
    }

    /** Each person below {@code people} in {@code config/people.yml}: an account of each chat. */
    static List<Setting> person(List<ChatKeys> chats) {
        var keys = new ArrayList<Setting>();
        keys.add(LEVEL);
        chats.forEach(chat -> keys.add(account(chat.name(), chat.account())));
        keys.add(contact("role", "What they do; shown to who is told to call them."));
        keys.add(contact("phone", "Their number; told to who is called about a rollback."));
        keys.add(contact("mail", "Their address; told where they have no number."));
        keys.add(
                Setting.of(
                        WEBHOOK,
                        Form.SECRET,
                        "",
                        "It is a program, and signs what it sends to /webhook/NAME with this."));
        keys.add(
                Setting.of(
                        PAGER,
                        Form.TEXTS,
                        "",
                        "By what else they are called, whenever a chat calls them: receivers of"
                                + " config/notices.yml, such as mail/oncall."));
        return List.copyOf(keys);
    }

    private static Setting contact(String key, String means) {
        return Setting.of(key, Form.TEXT, "", means);
    }

    private static Setting account(String chat, String means) {
        return Setting.of(chat, Form.TEXT, "", means).below(ACCOUNTS);
    }

    /** The keys of a target: those that every target has and those of its kind. */
    static List<Setting> target(List<Setting> kind) {
        return with(kind, TARGET);
    }

    /** The keys of a receiver: those that every one has and those of its kind. */
    static List<Setting> receiver(ReceiverKind kind) {
        return with(kind.settings(), RECEIVER);
    }

    private static List<Setting> with(List<Setting> more, List<Setting> first) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }

    static Setting required(String key, List<String> choices, String means) {
        return new Setting(key, Form.CHOICE, choices, "", true, means);
    }

    /** How a level is written: {@code L0} to {@code L3}. */
    static int level(String text) {
        return Integer.parseInt(text.substring(1));
    }
}
