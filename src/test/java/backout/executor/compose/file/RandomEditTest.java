package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;

import backout.fixture.Effort;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The same project in random forms: whatever the form, one value changes and docker compose reads
 * the same as we do.
 */
final class RandomEditTest {
    private static final String OLDER = "host:5000/app:1@sha256:" + "0a1b2c3d".repeat(8);
    private static final int FORMS = Effort.of(3_000);
    private static final int FORMS_SHOWN_TO_COMPOSE = 25;

    @TempDir Path directory;

    @Test
    void an_edit_changes_the_value_and_nothing_else_in_any_form() {
        var seed =
                Optional.ofNullable(System.getenv("SEED"))
                        .map(Long::parseLong)
                        .orElseGet(System::nanoTime);
        System.out.println("random compose files: SEED=" + seed);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (var form = 0; form < FORMS; form++) {
            var text = new Form(random).text();
            var files = files(text);
            var edited = files.edit("web", OLDER);
            var after = edited.after().text();
            assertThat(after).as("SEED=%d form %d%n%s", seed, form, text).contains(OLDER);
            assertThat(undo(after)).as("SEED=%d form %d", seed, form).isEqualTo(undo(text));
        }
    }

    @Test
    void docker_compose_reads_random_forms_as_we_do_before_and_after() {
        var seed =
                Optional.ofNullable(System.getenv("SEED"))
                        .map(Long::parseLong)
                        .orElseGet(System::nanoTime);
        System.out.println("random compose files for docker compose: SEED=" + seed);
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (var form = 0; form < FORMS_SHOWN_TO_COMPOSE; form++) {
            var text = new Form(random).text();
            try {
                new ComposeProject(directory).compose("compose.yml", text).edit("web", OLDER);
            } catch (AssertionError wrong) {
                throw new AssertionError("SEED=" + seed + " form " + form + "\n" + text, wrong);
            }
        }
    }

    /** Both values taken out, so that what is left must be the same. */
    private static String undo(String text) {
        return text.replace(OLDER, "VALUE").replace("host:5000/app:22", "VALUE");
    }

    private ComposeFiles files(String text) {
        var file = SourceFile.of(directory.resolve("compose.yml"), text);
        return new ComposeFiles(
                List.of(file), directory, "p", Map.of(), List.of(), _ -> Optional.empty());
    }

    /**
     * A compose file with the service {@code web} at {@code host:5000/app:22}, in a form drawn at
     * random.
     */
    private record Form(RandomGenerator random) {
        private static final String IMAGE = "host:5000/app:22";

        String text() {
            var lines = new ArrayList<String>();
            lines.add(pick("# 🚀 top", "", "name: proj", "x-any: {a: [1, '🎉', \"é\"]}"));
            if (random.nextInt(6) == 0) {
                lines.add("services:");
                lines.add("  web: {image: other, restart: always}");
                lines.add("---");
            }
            lines.add("services:" + tail());
            var services = new ArrayList<>(List.of(web(), other("db"), other("cache")));
            Collections.shuffle(services, Random.from(random));
            services.forEach(lines::addAll);
            var end = pick("\n", "\r\n");
            var text = new StringBuilder(random.nextInt(5) == 0 ? "\uFEFF" : "");
            for (var line : lines) {
                text.append(line).append(random.nextInt(4) == 0 ? "\n" : end);
            }
            return random.nextBoolean() ? text.toString() : text.toString().stripTrailing();
        }

        private List<String> web() {
            if (random.nextInt(5) == 0) {
                return List.of(
                        "  web: { restart: always, "
                                + pick("image: ", "\"image\": ", "'image' : ")
                                + pick(IMAGE, "'" + IMAGE + "'", "\"" + IMAGE + "\"")
                                + pick("}", " }", ", labels: {image: x}}")
                                + tail());
            }
            var lines = new ArrayList<String>();
            lines.add("  web:" + tail());
            var indent = "  " + " ".repeat(random.nextInt(1, 6));
            var fields = new ArrayList<>(List.of(image(indent), field(indent), field2(indent)));
            Collections.shuffle(fields, Random.from(random));
            fields.forEach(lines::addAll);
            return lines;
        }

        private List<String> image(String indent) {
            var key =
                    indent
                            + pick("image:", "image :", "\"image\":", "'image':")
                            + pick(" ", "  ", "\t");
            return switch (random.nextInt(5)) {
                case 0 ->
                        List.of(key + pick(">-", "|-", ">", "|") + tail(), indent + "   " + IMAGE);
                case 1 ->
                        List.of(key + pick("", "&img", "!!str"), indent + "  " + quoted() + tail());
                case 2 -> List.of(key + pick("&img ", "!!str ", "&img !!str ") + quoted() + tail());
                default -> List.of(key + quoted() + tail());
            };
        }

        private List<String> field(String indent) {
            return List.of(
                    indent + "environment:" + tail(),
                    indent + pick("  ", "- ").replace("- ", "  ") + "IMAGE: 'x 🐳'" + tail());
        }

        private List<String> field2(String indent) {
            return List.of(indent + "# image: x", indent + "restart: always" + tail());
        }

        private List<String> other(String name) {
            return List.of("  " + name + ":", "    image: other/" + name + ":1" + tail());
        }

        private String quoted() {
            return pick(IMAGE, "'" + IMAGE + "'", "\"" + IMAGE + "\"");
        }

        private String tail() {
            return pick("", "", "", "  ", "\t", " # 👈 now", "\t# \"x'", " #", "   #image: y");
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
