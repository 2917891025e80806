package backout.init;

import backout.chat.slack.SlackChat;
import backout.command.CommandSpec;
import backout.config.Schemas;
import backout.config.SiteLoader;
import backout.executor.compose.ComposeKeys;
import backout.language.Phrase;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real loader with the shipped commands; what does not hold is given. */
final class ShippedRules implements Rules {
    private static final Path COMMANDS = Path.of("commands");

    private final SiteLoader loader =
            new SiteLoader(Map.of("compose", ComposeKeys.KIND), List.of(SlackChat.KEYS));
    private final Map<String, Tried> tried = new LinkedHashMap<>();

    ShippedRules failing(String check) {
        return failing(check, "404");
    }

    ShippedRules failing(String check, String seen) {
        tried.put(check, new Tried(false, Phrase.verbatim(seen)));
        return this;
    }

    ShippedRules holding(String check) {
        tried.put(check, new Tried(true, Phrase.verbatim("200")));
        return this;
    }

    private CommandSpec rollback() {
        return loader.commands(COMMANDS).stream()
                .filter(CommandSpec::isRollback)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<String> checks() {
        return rollback().checks();
    }

    @Override
    public int rollbackLevel() {
        return rollback().level();
    }

    @Override
    public int highestLevel() {
        return 2;
    }

    @Override
    public void load(Path config) {
        var _ = loader.load(COMMANDS, config);
    }

    @Override
    public Map<String, Tried> tried(Path config, String target) {
        return tried;
    }

    @Override
    public void writeSchemas(Path config) {
        new Schemas(Map.of("compose", ComposeKeys.KIND), List.of(SlackChat.KEYS)).write(config);
    }
}
