package backout.chat.discord;

/**
 * What Discord accepts, in characters unless the name says otherwise; a message past any of them is
 * refused as a whole: https://docs.discord.com/developers/components/reference
 */
final class DiscordLimits {
    /** Of all texts of one message together. */
    static final int ALL_TEXT = 4000;

    /** Of one message, those within others counted. */
    static final int COMPONENTS = 40;

    static final int CUSTOM_ID = 100;
    static final int BUTTON_LABEL = 80;
    static final int PLACEHOLDER = 150;
    static final int OPTIONS = 25;
    static final int OPTION_LABEL = 100;
    static final int OPTION_VALUE = 100;

    static final int MODAL_TITLE = 45;
    static final int MODAL_INPUTS = 5;
    static final int LABEL = 45;
    static final int LABEL_DESCRIPTION = 100;
    static final int INPUT_VALUE = 4000;

    /** Discord takes 4,000; a reason of ours is read by people at night. */
    static final int INPUT_TEXT = 500;

    static final int SUBCOMMANDS = 25;
    static final int COMMAND_OPTIONS = 25;
    static final int COMMAND_NAME = 32;
    static final int DESCRIPTION = 100;
    static final int CHOICES = 25;
    static final int CHOICE = 100;

    /** Of one command with all that is below it, the longest localisation counted. */
    static final int COMMAND = 8000;

    static final int NONCE = 25;
    static final int THREAD_NAME = 100;

    private DiscordLimits() {}
}
