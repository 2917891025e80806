package backout.executor.source;

import backout.archive.BackupSettings;
import backout.plan.ServiceSettings;
import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** The keys that a source target may have in {@code config/targets.yml}. */
final class SourceSettings {
    static final List<Setting> ALL =
            List.of(
                    Setting.required(
                            "folder",
                            Form.TEXT,
                            "The folder that holds current and releases, or the checkout that the"
                                    + " service runs in; an absolute path."),
                    ServiceSettings.URL,
                    ServiceSettings.VERSION,
                    ServiceSettings.FROM,
                    Setting.of(
                            "repositories",
                            Form.TEXTS,
                            "",
                            "The addresses that commits may be fetched from which are not there"
                                    + " any more; without it none is fetched."),
                    Setting.of(
                            "known-good",
                            Form.TEXT,
                            "",
                            "A commit to go back to while nothing is proven yet."),
                    Setting.of(
                            "carry",
                            Form.TEXTS,
                            ".env, data, logs, redis_data",
                            "What a new release takes over from the one that runs: files as copies,"
                                    + " folders as links to where they are."),
                    Setting.of(
                            "build",
                            Form.TEXTS,
                            "",
                            "Commands that build a release after its packages are installed, each"
                                    + " a program and its arguments with blanks between: npm run"
                                    + " build."),
                    Setting.of("build-within", Form.WAIT, "15m", "How long all that may take."),
                    Setting.of(
                            "stop-within",
                            Form.WAIT,
                            "60s",
                            "How long the process may take to end; it is downtime."),
                    ServiceSettings.SECRETS,
                    Setting.of(
                            "backup.paths",
                            Form.TEXTS,
                            "",
                            "What is backed up besides uncommitted work, relative to the release"
                                    + " that runs; without it what is carried."),
                    BackupSettings.EXCLUDE,
                    BackupSettings.PACK,
                    BackupSettings.KEEP,
                    ServiceSettings.HIDE_LOG);

    private SourceSettings() {}
}
