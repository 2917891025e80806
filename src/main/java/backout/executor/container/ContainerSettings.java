package backout.executor.container;

import backout.archive.BackupSettings;
import backout.docker.ImageSettings;
import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a container target may have in {@code config/targets.yml}. */
final class ContainerSettings {
    static final List<Setting> ALL =
            List.of(
                    Setting.required(
                            "container", Form.TEXT, "The container's name, as docker ps shows it."),
                    ServiceSettings.URL,
                    ServiceSettings.VERSION,
                    ServiceSettings.FROM,
                    ImageSettings.IMAGES,
                    ImageSettings.KNOWN_GOOD,
                    ImageSettings.DRAIN,
                    ServiceSettings.SECRETS,
                    Setting.of(
                            "backup.paths",
                            Form.TEXTS,
                            "",
                            "What is backed up besides how the container was made, as absolute"
                                    + " paths; without it all that it can write to."),
                    BackupSettings.EXCLUDE,
                    BackupSettings.PACK,
                    BackupSettings.KEEP,
                    ImageSettings.PULL_WITHIN,
                    ServiceSettings.HIDE_LOG);

    private ContainerSettings() {}
}
