package backout.executor.compose;

import backout.archive.AgeKey;
import backout.executor.compose.traits.Trait;
import backout.host.Host;
import backout.language.Phrase;
import backout.plan.Plan;
import backout.plan.Step;
import backout.problem.ProblemException;
import backout.problem.Sha256;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a container is made of, noted in its step: a fingerprint of each file that the project reads
 * and of each key that compose takes from them, so that a change before the switch is seen and can
 * be named. Fingerprints need the bot's key: a plan tells nobody a weak password.
 */
final class Footing {
    private static final String FILES = "stands-on-files";
    private static final String KEYS = "stands-on-keys";

    private static final String EDITS = "stands-on-edits";

    private final Host host;
    private final ProjectFiles files;
    private final Path keyFile;

    Footing(Host host, ProjectFiles files, Path keyFile) {
        this.host = host;
        this.files = files;
        this.keyFile = keyFile;
    }

    /**
     * For the step of each member.
     *
     * @param edits what the change of the files brings besides the images
     */
    Map<Member, Map<String, String>> of(Scene scene, List<Member> members, Edits edits) {
        AgeKey key = AgeKey.loadOrCreate(keyFile);
        String read = lines(fileMarks(paths(scene), key));
        var all = new LinkedHashMap<Member, Map<String, String>>();
        for (Member member : members) {
            String keys = lines(keyMarks(scene, member.service(), key));
            all.put(member, Map.of(FILES, read, KEYS, keys, EDITS, edits.lines()));
        }
        return all;
    }

    /** What the plan's change of the files brings besides the images; none in plans of before. */
    static Edits edits(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> Optional.ofNullable(step.with().get(EDITS)).stream())
                .findFirst()
                .map(Edits::parse)
                .orElseGet(Edits::none);
    }

    /**
     * Sentences; none for a step of before this was noted.
     *
     * @param told files whose change is told otherwise
     */
    List<Phrase> changed(Scene scene, Step step, List<String> told) {
        if (!step.with().containsKey(FILES)) {
            return List.of();
        }
        AgeKey key = AgeKey.loadOrCreate(keyFile);
        var reasons = new ArrayList<Phrase>();
        Map<String, String> read = parsed(step.need(FILES));
        differing(read, fileMarks(read.keySet(), key)).stream()
                .filter(path -> !told.contains(path))
                .map(path -> Phrase.of("{0} is not what it was when the plan was made", path))
                .forEach(reasons::add);
        String service = step.need("service");
        List<Phrase> keys =
                differing(parsed(step.need(KEYS)), keyMarks(scene, service, key)).stream()
                        .map(Footing::says)
                        .toList();
        if (!keys.isEmpty()) {
            reasons.add(
                    Phrase.of(
                            "docker compose would give {0} another {1} now",
                            service, Phrase.list(keys)));
        }
        return reasons;
    }

    private static Phrase says(String key) {
        int space = key.indexOf(' ');
        return new Trait(key.substring(0, space), key.substring(space + 1)).says();
    }

    private static List<String> differing(Map<String, String> then, Map<String, String> now) {
        var all = new TreeSet<>(then.keySet());
        all.addAll(now.keySet());
        return all.stream()
                .filter(one -> !then.getOrDefault(one, "").equals(now.getOrDefault(one, "")))
                .toList();
    }

    private Map<String, String> fileMarks(Set<String> paths, AgeKey key) {
        var marks = new TreeMap<String, String>();
        for (String path : paths) {
            marks.put(path, key.fingerprint(path + " " + hash(Path.of(path))));
        }
        return marks;
    }

    private Set<String> paths(Scene scene) {
        var paths = new TreeSet<>(scene.model().mountedFiles());
        files.paths(scene.project()).forEach(path -> paths.add(path.toString()));
        return paths;
    }

    /** One that is not read, for its size or its rights, is known by what is seen from outside. */
    private String hash(Path path) {
        try {
            Optional<byte[]> bytes = host.read(path, ProjectFiles.MAX_BYTES);
            return bytes.map(Sha256::of).orElse("gone");
        } catch (ProblemException e) {
            return "unreadable" + seen(path);
        }
    }

    private String seen(Path path) {
        try {
            return host.list(path.resolveSibling(".").normalize()).stream()
                    .filter(entry -> path.endsWith(entry.name()))
                    .findFirst()
                    .map(entry -> " " + entry.size() + " " + entry.modified())
                    .orElse("");
        } catch (ProblemException e) {
            return "";
        }
    }

    private static Map<String, String> keyMarks(Scene scene, String service, AgeKey key) {
        var marks = new TreeMap<String, String>();
        scene.model()
                .traits(service)
                .values()
                .forEach((trait, value) -> {
                    String name = trait.kind() + " " + trait.name();
                    marks.put(name, key.fingerprint(service + " " + name + " " + value));
                });
        return marks;
    }

    /** {@code 0123456789abcdef environment LOG_LEVEL}, a line each. */
    private static String lines(Map<String, String> marks) {
        var lines = new ArrayList<String>();
        marks.forEach((name, mark) -> lines.add(mark + " " + OneLine.of(name)));
        return String.join("\n", lines);
    }

    private static Map<String, String> parsed(String lines) {
        var marks = new TreeMap<String, String>();
        lines.lines()
                .forEach(
                        line -> marks.put(OneLine.read(line.substring(17)), line.substring(0, 16)));
        return marks;
    }
}
