package backout.docker;

import backout.plan.Setting;
import backout.plan.Setting.Form;

import java.util.List;

/** Keys of targets whose releases are images. */
public final class ImageSettings {
    public static final Setting IMAGES =
            Setting.required(
                    "images", Form.TEXTS, "The repositories whose images this target may run.");

    public static final Setting KNOWN_GOOD =
            Setting.of(
                    "known-good",
                    Form.TEXT,
                    "",
                    "An image to go back to while nothing is proven yet.");

    public static final Setting DRAIN =
            Setting.choice(
                    "drain",
                    List.of("0s", "3s", "10s"),
                    "3s",
                    "How long requests in flight may take to end; longer waits are downtime.");

    public static final Setting PULL_WITHIN =
            Setting.of("pull-within", Form.DURATION, "5m", "How long the pull may take.");

    private ImageSettings() {}
}
