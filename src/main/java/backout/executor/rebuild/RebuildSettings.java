package backout.executor.rebuild;

import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a target of kind rebuild may have in {@code config/targets.yml}. */
final class RebuildSettings {
    static final String SAVED = "saved";

    static final List<Setting> ALL =
            List.of(
                    Setting.required(
                            "folder",
                            Form.TEXT,
                            "The folder that the compose project gets on host:, an absolute path."),
                    Setting.of(
                            "project",
                            Form.TEXT,
                            "",
                            "The name of the compose project; without it that of the folder."),
                    Setting.of(
                            "compose",
                            Form.TEXT,
                            "compose.yml",
                            "The compose file, one of files:."),
                    Setting.required(
                            "service", Form.TEXT, "The service whose image the release is."),
                    Setting.required(
                            "image",
                            Form.TEXT,
                            "The name of that image, as the compose file has it."),
                    Setting.required(
                            "image-file",
                            Form.TEXT,
                            "Where the bot keeps that image: what docker save wrote, also with"
                                    + " further images."),
                    Setting.required("image-hash", Form.TEXT, "What sha256sum says of that file."),
                    Setting.required(
                            "bundle",
                            Form.TEXT,
                            "Where the bot keeps the files: a folder with SHA256SUMS of them, or a"
                                    + " backup that the bot made, which its key opens."),
                    Setting.of(
                            "files",
                            Form.TEXTS,
                            "compose.yml, .env",
                            "The files that are put into the folder, by their names in it."),
                    Setting.of(
                            "ports",
                            Form.TEXTS,
                            "",
                            "The ports that the project publishes; taken ones stop the plan."),
                    Setting.of(
                            "within",
                            Form.WAIT,
                            "15m",
                            "How long each may take: installing, sending the image, starting."),
                    Setting.of(
                            "then",
                            Form.TEXT,
                            "",
                            "The dns target that leads people there afterwards; the plan names"
                                    + " it."),
                    Setting.required("url", Form.URL, "Its address there, which probes ask."),
                    ServiceSettings.VERSION,
                    ServiceSettings.FROM,
                    Setting.of(
                            "known-good",
                            Form.TEXT,
                            SAVED,
                            "What is built when nobody names a release: saved, the image of"
                                    + " image-file:."),
                    ServiceSettings.SECRETS,
                    ServiceSettings.HIDE_LOG);

    private RebuildSettings() {}
}
