package backout.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the code says and what the catalogues have for it are the same. */
class CatalogueTest {
    private static final Pattern SLOT = Pattern.compile("\\{[0-9]}");

    /** Nothing in it to translate: signs, values, one word that is the same everywhere. */
    private static final Pattern WORDLESS = Pattern.compile("[^\\p{L}]*|\\{0} × \\{1}");

    private static final Pattern SAYS = Pattern.compile("(?m)^says: \"?(.*?)\"?$");

    /** Not a check: those have a condition in brackets. */
    private static final Pattern ITEM = Pattern.compile("(?m)^ {6}- ([^\\[\\n]+)$");

    private static final Spoken SPOKEN = Spoken.inSources();

    private static Map<String, String> chinese() {
        var says = new HashMap<String, String>();
        Catalogue.parts("zh").values().forEach(says::putAll);
        return says;
    }

    private static boolean hasWords(String template) {
        return !WORDLESS.matcher(SLOT.matcher(template).replaceAll("")).matches();
    }

    @Test
    void every_template_is_a_literal_that_translators_can_find() {
        assertThat(SPOKEN.unread).isEmpty();
    }

    @Test
    void everything_that_is_said_is_said_in_chinese() {
        var missing = new TreeSet<String>();
        var says = chinese();
        SPOKEN.templates.forEach((template, files) -> {
            if (hasWords(template) && !says.containsKey(template)) {
                missing.add(files + " " + template);
                Stub.offer(files.iterator().next(), template);
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void nothing_is_translated_that_nobody_says() {
        var unused = new TreeSet<>(chinese().keySet());
        unused.removeAll(SPOKEN.templates.keySet());
        unused.removeAll(Catalogue.parts("zh").getOrDefault("commands", Map.of()).keySet());
        unused.removeAll(Catalogue.parts("zh").getOrDefault("checklists", Map.of()).keySet());
        unused.removeAll(List.of(", "));
        assertThat(unused).isEmpty();
    }

    /** They are no Java: their lines for help are looked up as they are written. */
    @Test
    void what_the_shipped_commands_say_is_said_in_chinese() throws IOException {
        var lines = new TreeSet<String>();
        try (var files = Files.newDirectoryStream(Path.of("commands"), "*.yml")) {
            for (Path file : files) {
                Matcher says = SAYS.matcher(Files.readString(file));
                assertThat(says.find()).as("%s says something", file).isTrue();
                lines.add(says.group(1));
            }
        }
        assertThat(Catalogue.parts("zh").getOrDefault("commands", Map.of()).keySet())
                .containsExactlyInAnyOrderElementsOf(lines);
    }

    /** Nor are the lists of what people look at. */
    @Test
    void what_the_shipped_lists_have_people_see_is_said_in_chinese() throws IOException {
        Matcher items = ITEM.matcher(Files.readString(Path.of("config/checklists.yml")));
        assertThat(Catalogue.parts("zh").getOrDefault("checklists", Map.of()).keySet())
                .containsExactlyInAnyOrderElementsOf(
                        items.results().map(found -> found.group(1)).toList());
    }

    @Test
    void each_value_that_a_template_has_is_in_its_translation() {
        chinese()
                .forEach((template, text) ->
                        assertThat(slots(text)).as(template).isEqualTo(slots(template)));
    }

    private static Set<String> slots(String text) {
        return new TreeSet<>(SLOT.matcher(text).results().map(MatchResult::group).toList());
    }

    @Test
    void each_template_is_in_one_file() {
        var seen = new ArrayList<String>();
        Catalogue.parts("zh").values().forEach(part -> seen.addAll(part.keySet()));
        assertThat(seen).doesNotHaveDuplicates();
    }
}
