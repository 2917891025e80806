package backout.executor.compose;

import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a compose target may have in {@code config/targets.yml}. */
final class ComposeSettings {
    static final String VERSION = "version";

    static final List<Setting> ALL =
            List.of(
                    Setting.required(
                            "project",
                            Form.TEXT,
                            "The compose project's name, as docker compose ls shows it."),
                    Setting.required("service", Form.TEXT, "The service in it."),
                    Setting.of("url", Form.URL, "", "Where the probes go."),
                    Setting.of(
                            VERSION,
                            Form.PLACE,
                            "GET {url}/health [BODY].version",
                            "Where a release says which version it is; {version} in checks is what"
                                    + " it said there."),
                    Setting.choice(
                            "from",
                            List.of("bot", "host"),
                            "bot",
                            "Where the probes start: at the bot, or on the target's own machine"
                                    + " (host), whose 127.0.0.1 is meant then."),
                    Setting.required(
                            "images",
                            Form.TEXTS,
                            "The repositories whose images this target may run."),
                    Setting.of(
                            "known-good",
                            Form.TEXT,
                            "",
                            "An image to go back to while nothing is proven yet."),
                    Setting.choice(
                            "drain",
                            List.of("0s", "3s", "10s"),
                            "3s",
                            "How long requests in flight may take to end; longer waits are"
                                    + " downtime."),
                    Setting.choice(
                            "swap",
                            List.of("up", "api", "auto"),
                            "auto",
                            "How the container is replaced: by compose up, by the engine itself"
                                + " (api), or by compose unless it would restart a dependency as"
                                + " well (auto)."),
                    Setting.of("secrets", Form.SECRETS, "", "Secrets that checks may name."),
                    Setting.of(
                            "backup.paths",
                            Form.TEXTS,
                            "",
                            "What is backed up besides compose and env files."),
                    Setting.of("backup.exclude", Form.TEXTS, "", "What is left out of the backup."),
                    Setting.choice(
                            "backup.pack",
                            List.of("zstd", "gzip"),
                            "zstd",
                            "How backups are compressed; gzip is slower and larger, for hosts"
                                    + " without zstd."),
                    Setting.of("backup.keep", Form.NUMBER, "5", "How many backups are kept."),
                    Setting.of(
                            "redis.address",
                            Form.ADDRESS,
                            "",
                            "The service's Redis, as the bot reaches it; without it the container"
                                    + " of redis.service is asked for its address."),
                    Setting.of(
                            "redis.password",
                            Form.SECRET,
                            "",
                            "Its password, where it asks for one."),
                    Setting.of(
                            "redis.service", Form.TEXT, "", "Its service in the compose project."),
                    Setting.of("pull-within", Form.DURATION, "5m", "How long the pull may take."),
                    Setting.of(
                            "start-within",
                            Form.DURATION,
                            "60s",
                            "How long compose may take to start it."),
                    Setting.of(
                            "hide-log",
                            Form.FLAG,
                            "no",
                            "Whether no line of its log is read, shown or kept; otherwise the last"
                                    + " ones are, without known kinds of secrets."));

    private ComposeSettings() {}
}
