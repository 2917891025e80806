package backout.docker;

import backout.fixture.Folders;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a command line of the corpus stands on, under names that are nobody else's. */
final class CorpusGround implements AutoCloseable {
    private final TestEngine here;
    private final Path folder = Folders.make("corpus");
    private final List<String> networks = new ArrayList<>();
    private final List<String> after = new ArrayList<>();
    private int subnet;

    CorpusGround(TestEngine here) {
        this.here = here;
    }

    private String own(String text) {
        return text.replace("/srv/corpus", folder.toString())
                .replaceAll(
                        "(?<![\\w-])(net|donor|vol|box)-([a-z0-9-]+)\\b", here.unique + "-$1-$2");
    }

    /** The options in the words of this ground. */
    List<String> arranged(JsonNode row) throws IOException {
        after.clear();
        for (var file : row.path("files").properties()) {
            Path path = Path.of(own(file.getKey()));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue().asString(""));
        }
        for (String setup : Json.texts(row.path("setup"))) {
            arrange(setup);
        }
        return Json.texts(row.path("argv")).stream().map(this::own).toList();
    }

    /** What was typed once the container was there. */
    void afterwards(String name) {
        after.forEach(line -> here.docker((line + " " + name).split(" ")));
    }

    private void arrange(String setup) throws IOException {
        String[] kind = setup.split(":", 2);
        String[] words = own(kind[1]).split(",");
        switch (kind[0]) {
            case "network" -> network(words);
            case "dir" -> Files.createDirectories(Path.of(words[0]));
            case "container" -> container(words);
            case "after" -> after.add(words[0]);
            default -> throw new SameParametersTest.NotMade("needs " + setup);
        }
    }

    private void network(String... words) {
        if (!networks.contains(words[0])) {
            var argv = new ArrayList<>(List.of("network", "create"));
            if (words.length == 1) {
                argv.addAll(List.of("--subnet", "10.214." + subnet++ + ".0/24"));
            }
            List.of(words).subList(1, words.length).forEach(word -> argv.add("--" + word));
            argv.add(words[0]);
            try {
                here.docker(argv.toArray(String[]::new));
            } catch (AssertionError e) {
                throw new SameParametersTest.NotMade(
                        "network " + List.of(words) + ": " + e.getMessage());
            }
            networks.add(words[0]);
        }
    }

    private void container(String... words) {
        if (here.engine.inspect(words[0]).isEmpty()) {
            var argv = new ArrayList<>(List.of("create", "--name", words[0]));
            argv.addAll(List.of(words).subList(1, words.length));
            argv.add(here.unique + ":2");
            try {
                here.docker(argv.toArray(String[]::new));
            } catch (AssertionError e) {
                throw new SameParametersTest.NotMade(
                        "container " + List.of(words) + ": " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        here.docker("ps", "--all", "--quiet", "--filter", "name=" + here.unique)
                .lines()
                .forEach(id -> here.docker("rm", "--force", "--volumes", id));
        networks.forEach(name -> here.docker("network", "rm", name));
        Folders.delete(folder);
    }
}
