package backout.docker;

import backout.host.Host;
import backout.host.LowRoom;
import backout.language.Phrase;
import backout.plan.Chosen;
import backout.problem.Problem;
import backout.report.Say;
import backout.run.Findings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the images that a plan wants can be had and run on this engine's machine. */
public record ImageLook(Engine engine, Host host) {
    /**
     * Whether there is room: a pull that finds none cannot be, else a full disk stops nothing.
     *
     * @param running the image that runs now
     * @param wanted the first one is the one that was asked for
     */
    public Findings room(String running, List<Chosen> wanted) {
        Path images = Path.of(engine.info().dataRoot());
        Findings pull =
                wanted.stream().allMatch(Chosen::isHere)
                        ? Findings.fine()
                        : pull(images, running, wanted.getFirst());
        return pull.red().isEmpty() ? pull.and(LowRoom.look(host, images)) : pull;
    }

    private Findings pull(Path images, String running, Chosen wanted) {
        long needed = toPull(running);
        long free = host.space(images).freeBytes();
        return free >= needed
                ? Findings.fine()
                : Findings.red(
                        new Problem(
                                Phrase.of(
                                        "only {0} free, {1} are needed for {2}",
                                        Say.bytes(free),
                                        Say.bytes(needed),
                                        wanted.release().name()),
                                host.place(images),
                                Phrase.of(
                                        "make room without removing images that a rollback needs,"
                                                + " then ask again")));
    }

    /** Nobody knows before it is pulled; what runs now is about as large. */
    private long toPull(String running) {
        return engine.images()
                .find(running)
                .map(Image::sizeBytes)
                .map(size -> Math.min(LowRoom.LOW, size + size / 5))
                .orElse(LowRoom.LOW);
    }

    /** Whether it is for this machine; of what is not here yet nobody knows. */
    public Findings fits(Chosen wanted) {
        EngineInfo info = engine.info();
        return engine.images()
                .find(wanted.identity())
                .filter(image -> !info.runs(image))
                .map(image ->
                        Findings.red(
                                new Problem(
                                        Phrase.of(
                                                "the image is for {0}/{1}, this engine runs"
                                                        + " {2}/{3}",
                                                image.os(),
                                                image.architecture(),
                                                info.os(),
                                                info.architecture()),
                                        wanted.source(),
                                        Phrase.of("name a release for this machine"))))
                .orElseGet(Findings::fine);
    }

    /** What of an image that a plan wants no longer is as planned: sentences, none when all is. */
    public static List<Phrase> moved(Engine engine, String id, String name) {
        var reasons = new ArrayList<Phrase>();
        if (engine.images().find(id).isEmpty()) {
            reasons.add(Phrase.of("the image of {0} is gone: {1}", name, id));
        }
        // a tag can be given to another image while people decide
        engine.images()
                .find(name)
                .filter(now -> !name.contains("@") && !now.id().equals(id))
                .map(now -> Phrase.of("{0} means another image now: {1}", name, now.id()))
                .ifPresent(reasons::add);
        return reasons;
    }
}
