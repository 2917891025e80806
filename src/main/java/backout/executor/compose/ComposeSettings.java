package backout.executor.compose;

import backout.archive.BackupSettings;
import backout.docker.ImageSettings;
import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a compose target may have in {@code config/targets.yml}. */
final class ComposeSettings {
    static final List<Setting> ALL =
            List.of(
                    Setting.required(
                            "project",
                            Form.TEXT,
                            "The compose project's name, as docker compose ls shows it."),
                    Setting.required("service", Form.TEXT, "The service in it."),
                    ServiceSettings.URL,
                    ServiceSettings.VERSION,
                    ServiceSettings.FROM,
                    ImageSettings.IMAGES,
                    ImageSettings.KNOWN_GOOD,
                    ImageSettings.DRAIN,
                    Setting.choice(
                            "swap",
                            List.of("up", "api", "auto"),
                            "auto",
                            "How the container is replaced: by compose up, by the engine itself"
                                + " (api), or by compose unless it would restart a dependency as"
                                + " well (auto)."),
                    ServiceSettings.SECRETS,
                    Setting.of(
                            "backup.paths",
                            Form.TEXTS,
                            "",
                            "What is backed up besides compose and env files."),
                    BackupSettings.EXCLUDE,
                    BackupSettings.PACK,
                    BackupSettings.KEEP,
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
                    ImageSettings.PULL_WITHIN,
                    Setting.of(
                            "start-within",
                            Form.DURATION,
                            "60s",
                            "How long compose may take to start it."),
                    ServiceSettings.HIDE_LOG);

    private ComposeSettings() {}
}
