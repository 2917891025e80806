package backout.frontdesk;

import backout.plan.Setting;

import java.util.List;

/**
 * What one chat declares, so that the configuration can check everything before anything starts.
 *
 * @param name as in {@link backout.chat.Place#chat}, below which its settings stand in {@code
 *     config/chat.yml}: {@code slack}
 * @param called what people call it: {@code Slack}
 * @param account one sentence: what a person's account is, in {@code config/people.yml}
 * @param settings its keys, of which {@link #ENABLED} and {@link #ANNOUNCE} are every chat's
 */
public record ChatKeys(String name, String called, String account, List<Setting> settings) {
    /** Whether the bot serves it. */
    public static final String ENABLED = "enabled";

    /** Ids of the channels in which outcomes are announced. */
    public static final String ANNOUNCE = "announce";

    /** Where the chat's API is. */
    public static final String ADDRESS = "address";

    /** Ids of the channels that read another language than the site's. */
    public static final String LANGUAGES = "languages";

    public ChatKeys {
        settings = List.copyOf(settings);
        var keys = settings.stream().map(Setting::key).toList();
        if (!keys.containsAll(List.of(ENABLED, ANNOUNCE))) {
            throw new IllegalArgumentException(name + " must declare enabled and announce");
        }
    }
}
