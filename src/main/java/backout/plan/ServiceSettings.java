package backout.plan;

import backout.plan.Setting.Form;

import java.util.List;

/** Keys of targets that answer over HTTP, whatever their kind. */
public final class ServiceSettings {
    public static final Setting URL = Setting.of("url", Form.URL, "", "Where the probes go.");

    public static final Setting VERSION =
            Setting.of(
                    "version",
                    Form.PLACE,
                    "GET {url}/health [BODY].version",
                    "Where a release says which version it is; {version} in checks is what it said"
                            + " there.");

    public static final Setting FROM =
            Setting.choice(
                    "from",
                    List.of("bot", "host"),
                    "bot",
                    "Where the probes start: at the bot, or on the target's own machine (host),"
                            + " whose 127.0.0.1 is meant then.");

    public static final Setting SECRETS =
            Setting.of("secrets", Form.SECRETS, "", "Secrets that checks may name.");

    public static final Setting HIDE_LOG =
            Setting.of(
                    "hide-log",
                    Form.FLAG,
                    "no",
                    "Whether no line of its log is read, shown or kept; otherwise the last ones"
                            + " are, without known kinds of secrets.");

    private ServiceSettings() {}
}
