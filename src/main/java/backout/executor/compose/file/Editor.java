package backout.executor.compose.file;

import backout.docker.ImageName;
import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tries the ways to change one image, smallest first, and takes the first one that holds when all
 * is read again.
 */
final class Editor {
    private final ComposeFiles project;
    private final Model model;
    private final String service;
    private final Definition.Image image;
    private final String wanted;
    private final ImageName name;

    Editor(
            ComposeFiles project,
            Model model,
            String service,
            Definition.Image image,
            String wanted,
            ImageName name) {
        this.project = project;
        this.model = model;
        this.service = service;
        this.image = image;
        this.wanted = wanted;
        this.name = name;
    }

    /** Alone before together, a part of the line before the whole of it. */
    Edited edit() {
        if (image.resolved().equals(wanted)) {
            return unchanged();
        }
        var parts = verified(Candidates.parts(image, wanted));
        return first(parts, this::isAlone)
                .or(() -> first(parts, this::mayGoTogether))
                .or(() -> first(wholes(), this::isAlone))
                .or(() -> first(wholes(), this::mayGoTogether))
                .orElseThrow(this::refuse);
    }

    private List<Edited> wholes() {
        return verified(Candidates.wholes(image, wanted));
    }

    private static Optional<Edited> first(List<Edited> all, Predicate<Edited> fits) {
        return all.stream().filter(fits).findFirst();
    }

    private boolean isAlone(Edited edited) {
        return edited.images().size() == 1;
    }

    /** The others then run another release of what they ran, and one that can exist. */
    private boolean mayGoTogether(Edited edited) {
        var samePlace = model.writtenAt(image.scalar());
        return edited.images().entrySet().stream()
                .allMatch(it -> samePlace.contains(it.getKey()) || isSameKind(it.getValue()));
    }

    private boolean isSameKind(Edited.Change change) {
        try {
            var to = ImageName.parse(change.to());
            return ImageName.parse(change.from()).sameRepository(to)
                    // a digest of one repository names nothing in another
                    && (to.digest() == null || to.sameRepository(name));
        } catch (ProblemException noName) {
            return false;
        }
    }

    private Edited unchanged() {
        var file = image.scalar().file();
        return new Edited(file, file, image.scalar().line(), "", Map.of(), List.of());
    }

    private List<Edited> verified(List<Candidates.Candidate> candidates) {
        return candidates.stream().map(this::verified).flatMap(Optional::stream).toList();
    }

    private Optional<Edited> verified(Candidates.Candidate candidate) {
        var after = project.with(candidate.after());
        try {
            var changes = Verification.changes(model.images(), after.images());
            if (!wanted.equals(after.images().get(service))
                    || !differsThereOnly(candidate, after)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Edited(
                            candidate.before(),
                            candidate.after(),
                            candidate.line(),
                            candidate.shown(),
                            changes,
                            notes(candidate, changes.keySet())));
        } catch (ProblemException _) {
            // this way leads to a file that compose would refuse: the next one is tried
            return Optional.empty();
        }
    }

    private boolean differsThereOnly(Candidates.Candidate candidate, ComposeFiles after) {
        if (isEnvLine(candidate)) {
            return Verification.differsOnlyAt(
                    candidate.start(),
                    EnvFile.lines(candidate.before(), project.environment()),
                    EnvFile.lines(candidate.after(), after.environment()));
        }
        return Verification.differsOnlyAt(
                candidate.start(),
                YamlFile.parse(candidate.before()),
                YamlFile.parse(candidate.after()));
    }

    private static boolean isEnvLine(Candidates.Candidate candidate) {
        return !candidate.variable().isEmpty();
    }

    private List<Phrase> notes(Candidates.Candidate candidate, Set<String> changed) {
        var notes = new ArrayList<>(candidate.notes());
        if (!image.via().isEmpty()) {
            notes.add(
                    Phrase.of(
                            "the image reaches {0} through {1}",
                            service, Phrase.list(image.via())));
        }
        if (isEnvLine(candidate)) {
            var elsewhere = model.usedAt(candidate.before(), candidate.variable(), changed);
            if (!elsewhere.isEmpty()) {
                notes.add(
                        Phrase.of(
                                "the variables of this image are also used at {0}",
                                Phrase.list(elsewhere)));
            }
        }
        return notes;
    }

    private ProblemException refuse() {
        return Problem.stop(
                Phrase.of(
                        "no single change of a line makes {0} run {1} and leaves everything"
                                + " else as it is; nothing was changed",
                        service, wanted),
                image.scalar().where(),
                Phrase.of("write image: {0} there by hand, on one line", wanted));
    }
}
