package backout.docker;

import backout.language.Phrase;
import backout.problem.ProblemException;

import java.io.OutputStream;
import java.time.Duration;

/** What lies inside of containers, also where nothing of it is mounted. */
public final class ContainerFiles {
    private final Wire wire;

    ContainerFiles(Wire wire) {
        this.wire = wire;
    }

    /**
     * Reads one file to its end, as a tar that holds it; its container may run or not.
     *
     * @param to is written on another thread and not closed
     * @throws ProblemException when there is no such file
     */
    public void tar(String container, String file, OutputStream to, Duration within) {
        var ask =
                Ask.get(
                        "/containers/" + Ask.path(container) + "/archive?path=" + Ask.query(file),
                        Phrase.of("read {0} of container {1}", file, container));
        wire.stream(
                ask,
                within,
                (status, headers, body) -> {
                    EngineProblems.refuseUnless200(ask, status, headers, body);
                    return body.transferTo(to);
                });
    }
}
