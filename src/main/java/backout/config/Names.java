package backout.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a file names.
 *
 * @param given every name, also where the section below it was refused
 * @param read what could be read, in the order of the file
 */
record Names<T>(Set<String> given, Map<String, Found<T>> read) {
    Names {
        given = Set.copyOf(given);
        read = Collections.unmodifiableMap(new LinkedHashMap<>(read));
    }

    boolean isWhole() {
        return given.size() == read.size();
    }

    Map<String, T> values() {
        Map<String, T> values = new LinkedHashMap<>();
        read.forEach((name, found) -> values.put(name, found.value()));
        return values;
    }
}
