package backout.target.compose.file;

import backout.language.Phrase;
import backout.problem.Problem;

import java.util.List;

/** Where the image of a service really comes from. */
public sealed interface ImageSource {
    String service();

    /** One that has an image today. */
    sealed interface Known extends ImageSource {
        /** The image as compose sees it now. */
        String resolved();

        /** {@code file:line} of the scalar that compose takes the image from. */
        String where();

        /**
         * Merge keys, aliases and {@code extends} that it came through; empty when written in the
         * service itself.
         */
        List<Phrase> via();
    }

    /**
     * The text stands in a compose file, defaults of unset variables included.
     *
     * @param text as written, {@code ${…}} and all
     */
    record InFile(String service, String where, String text, String resolved, List<Phrase> via)
            implements Known {
        public InFile {
            via = List.copyOf(via);
        }
    }

    /**
     * At least a part of it comes from env files.
     *
     * @param lines {@code file:line NAME} of each
     * @param alsoUsedAt where else a compose file uses one of these variables, other than as an
     *     image
     */
    record InEnvFile(
            String service,
            String where,
            String text,
            String resolved,
            List<Phrase> via,
            List<String> lines,
            List<String> alsoUsedAt)
            implements Known {
        public InEnvFile {
            via = List.copyOf(via);
            lines = List.copyOf(lines);
            alsoUsedAt = List.copyOf(alsoUsedAt);
        }
    }

    /**
     * Other services get their image from the same scalar or env line: never edited without saying
     * so.
     *
     * @param services all of them, this one included, sorted
     * @param at what they share
     */
    record Shared(
            String service,
            String where,
            String resolved,
            List<Phrase> via,
            List<String> services,
            List<String> at,
            Problem problem)
            implements Known {
        public Shared {
            via = List.copyOf(via);
            services = List.copyOf(services);
            at = List.copyOf(at);
        }
    }

    /** A variable of the shell that runs compose gives it: no file could change it. */
    record FromShell(
            String service,
            String where,
            String variable,
            String resolved,
            List<Phrase> via,
            Problem problem)
            implements Known {
        public FromShell {
            via = List.copyOf(via);
        }
    }

    /** Built from source, without an image name. */
    record BuildOnly(String service, Problem problem) implements ImageSource {}

    /** No such service, or it has neither image nor build. */
    record Missing(String service, Problem problem) implements ImageSource {}
}
