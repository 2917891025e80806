package backout.chat.slack;

/**
 * What Slack accepts, in characters unless the name says otherwise. The numbers are those of
 * https://docs.slack.dev/reference/block-kit; a message past any of them is refused as a whole.
 */
final class SlackLimits {
    static final int BLOCKS = 50;

    /** Slack answers {@code msg_blocks_too_long} somewhere past 13,000. */
    static final int ALL_BLOCKS_BYTES = 12_000;

    /** Of one block; Slack says so of sections, we hold every block to it. */
    static final int BLOCK_TEXT = 3000;

    static final int HEADER = 150;
    static final int CONTEXT = 2000;

    /** The line that notifications show; Slack takes 40,000 and advises 4,000. */
    static final int SUMMARY = 2000;

    static final int BUTTON_LABEL = 75;
    static final int BUTTON_VALUE = 2000;
    static final int ACCESSIBILITY_LABEL = 75;
    static final int OVERFLOW_LEAST = 2;
    static final int OVERFLOW_MOST = 5;

    static final int CONFIRM_TITLE = 100;
    static final int CONFIRM_TEXT = 300;
    static final int CONFIRM_BUTTON = 30;

    static final int VIEW_TITLE = 24;
    static final int VIEW_BUTTON = 24;
    static final int VIEW_METADATA = 3000;
    static final int VIEW_ERROR = 500;
    static final int INPUT_LABEL = 2000;
    static final int INPUT_HINT = 2000;

    /** Slack takes 3,000; a reason of ours is read by people at night. */
    static final int INPUT_TEXT = 500;

    static final int OPTIONS = 100;
    static final int OPTION_LABEL = 75;
    static final int OPTION_VALUE = 150;

    private SlackLimits() {}
}
