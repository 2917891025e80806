package backout.run;

import java.util.Map;
import java.util.Optional;

/**
 * What an action kept so that it can be taken back or recognised: the old container's name, the
 * artifact with the former file. Journalled before the irreversible part; never holds a secret.
 */
public record Receipt(Map<String, String> kept) {
    public Receipt {
        kept = Map.copyOf(kept);
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(kept.get(key));
    }
}
