package backout.plan;

import backout.check.Secret;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads what {@code env:NAME} and {@code file:PATH} point to, at the moment when it is needed and
 * no earlier.
 */
public final class Secrets {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);

    private final UnaryOperator<String> environment;

    /** {@code environment} gives a variable's value, or the empty text. */
    public Secrets(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /** Empty when the reference leads nowhere: whoever needs it then cannot look. */
    public Optional<Secret> of(String reference) {
        String value =
                reference.startsWith("env:")
                        ? environment.apply(reference.substring(4))
                        : file(reference);
        return value.isBlank() ? Optional.empty() : Optional.of(new Secret(value.strip()));
    }

    private static String file(String reference) {
        Path path = Path.of(reference.substring("file:".length()));
        try {
            return Files.readString(path);
        } catch (IOException e) {
            log.warn("secret {} cannot be read: {}", path, e.getClass().getSimpleName());
            return "";
        }
    }

    /** A secret of a target by the name that checks use. */
    public Optional<Secret> named(Settings settings, String name) {
        return Optional.ofNullable(settings.secrets("secrets").get(name)).flatMap(this::of);
    }

    /** The clear texts of all of a target's secrets, to be taken out of what is shown. */
    public List<String> values(Settings settings) {
        Map<String, String> references = settings.secrets("secrets");
        return references.values().stream()
                .flatMap(reference -> of(reference).stream())
                .map(Secret::reveal)
                .toList();
    }
}
