package backout.executor.compose.file;

import backout.language.Phrase;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the chain of files says so far about one service, as far as it matters for its image. */
record Definition(@Nullable Image image, boolean build, @Nullable Extends base, String where) {
    static final Definition NONE = new Definition(null, false, null, "");

    /**
     * The image as written and as resolved.
     *
     * @param via the merge keys, aliases and {@code extends} it came through; empty when written in
     *     the service
     */
    record Image(Scalar scalar, List<Piece> pieces, List<Phrase> via) {
        Image {
            pieces = List.copyOf(pieces);
            via = List.copyOf(via);
        }

        /** Block scalars may end in a line break that docker does not see as part of the name. */
        String resolved() {
            return Piece.join(pieces).stripTrailing();
        }
    }

    /**
     * @param file null for a service of the same file
     */
    record Extends(String service, @Nullable Path file, String where) {}

    Definition without(boolean resetsImage, boolean resetsBuild) {
        return new Definition(resetsImage ? null : image, build && !resetsBuild, base, where);
    }

    Definition merge(Definition over) {
        return new Definition(
                over.image != null ? over.image : image,
                build || over.build,
                over.base != null ? over.base : base,
                over.where);
    }

    /** This service with what it does not say itself taken from its base. */
    Definition extending(Definition from, Extends link) {
        var inherited = from.image;
        var step = Phrase.of("extends {0} at {1}", link.service(), link.where());
        var taken =
                image != null || inherited == null
                        ? image
                        : new Image(
                                inherited.scalar,
                                inherited.pieces,
                                Stream.concat(Stream.of(step), inherited.via.stream()).toList());
        return new Definition(taken, build || from.build, null, where);
    }
}
