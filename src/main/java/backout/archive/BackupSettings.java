package backout.archive;

import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** Keys of targets whose data is backed up; what that is, each kind says itself. */
public final class BackupSettings {
    public static final Setting EXCLUDE =
            Setting.of("backup.exclude", Form.TEXTS, "", "What is left out of the backup.");

    public static final Setting PACK =
            Setting.choice(
                    "backup.pack",
                    List.of("zstd", "gzip"),
                    "zstd",
                    "How backups are compressed; gzip is slower and larger, for hosts without"
                            + " zstd.");

    public static final Setting KEEP =
            Setting.of("backup.keep", Form.NUMBER, "5", "How many backups are kept.");

    private BackupSettings() {}
}
