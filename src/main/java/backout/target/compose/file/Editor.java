package backout.target.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;
import backout.problem.ProblemException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    Edited one() {
        return first(Candidates.of(image, wanted), Set.of(service));
    }

    Edited alone() {
        return first(Candidates.wholeScalar(image, wanted), Set.of(service));
    }

    Edited together(Set<String> services) {
        var edited = first(Candidates.of(image, wanted), services);
        edited.images().forEach((other, change) -> refuseForeignDigest(other, change));
        return edited;
    }

    private Edited first(List<Candidate> candidates, Set<String> mayChange) {
        if (image.resolved().equals(wanted)) {
            return unchanged();
        }
        return candidates.stream()
                .map(candidate -> verified(candidate, mayChange))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(this::refuse);
    }

    private Edited unchanged() {
        var file = image.scalar().file();
        return new Edited(file, file, image.scalar().line(), "", Map.of(), List.of());
    }

    private Optional<Edited> verified(Candidate candidate, Set<String> mayChange) {
        var after = project.with(candidate.after());
        try {
            var changes = Verification.changes(model.images(), after.images());
            if (!mayChange.containsAll(changes.keySet())
                    || !wanted.equals(after.images().get(service))
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
                            notes(candidate)));
        } catch (ProblemException _) {
            // this way leads to a file that compose would refuse: the next one is tried
            return Optional.empty();
        }
    }

    private boolean differsThereOnly(Candidate candidate, ComposeFiles after) {
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

    private boolean isEnvLine(Candidate candidate) {
        return !candidate.before().path().equals(image.scalar().file().path());
    }

    private List<Phrase> notes(Candidate candidate) {
        var notes = new ArrayList<>(candidate.notes());
        if (!image.via().isEmpty()) {
            notes.add(
                    Phrase.of(
                            "the image reaches {0} through {1}",
                            service, Phrase.list(image.via())));
        }
        if (isEnvLine(candidate)
                && model.locate(service) instanceof ImageSource.InEnvFile source
                && !source.alsoUsedAt().isEmpty()) {
            notes.add(
                    Phrase.of(
                            "the variables of this image are also used at {0}",
                            Phrase.list(source.alsoUsedAt())));
        }
        return notes;
    }

    /** A digest of one repository names nothing in another. */
    private void refuseForeignDigest(String other, Edited.Change change) {
        if (name.digest() == null
                || !change.to().contains("@")
                || other.equals(service)
                || ImageName.parse(change.to()).sameRepository(name)) {
            return;
        }
        throw new ProblemException(
                new Problem(
                        Phrase.of(
                                "{0} would be given the digest of {1}, which exists only there",
                                other, name.repository()),
                        image.scalar().where(),
                        Phrase.of(
                                "change {0} alone, or give a tag that all of them have", service)));
    }

    private ProblemException refuse() {
        return new ProblemException(
                new Problem(
                        Phrase.of(
                                "no single change of a line makes {0} run {1} and leaves everything"
                                        + " else as it is; nothing was changed",
                                service, wanted),
                        image.scalar().where(),
                        Phrase.of("write image: {0} there by hand, on one line", wanted)));
    }
}
