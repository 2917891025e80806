package backout.executor.rebuild;

import backout.language.Phrase;
import backout.plan.Ledger;
import backout.plan.Release;
import backout.plan.Releases;
import backout.problem.Problem;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The one release that can be made from nothing: that of the saved image. */
record SavedReleases(SavedImage image, Ledger ledger, Instant now) implements Releases {
    @Override
    public Had again(Release release) {
        if (!release.id().equals(image.id())) {
            throw Problem.stop(
                    Phrase.of("the image of {0} is not saved at the bot", release.name()),
                    image.file().toString(),
                    Phrase.of("save that one, or ask for: saved"));
        }
        return new Had(release, image.name(), image.id(), true);
    }

    @Override
    public Optional<Had> find(String text) {
        return Set.of(RebuildSettings.SAVED, image.id(), image.name()).contains(text)
                ? Optional.of(again(ledger.release(image.id()).orElseGet(this::found)))
                : Optional.empty();
    }

    private Release found() {
        String tag = image.name().replaceFirst(".*:", "");
        return Release.found(image.id(), image.name(), tag, "", now);
    }
}
