package backout.config;

/** A value that was read, with the section it came from: cross checks tell where they look. */
record Found<T>(T value, Yaml.Section section) {
    Place place(String key) {
        return section.placeOf(key);
    }
}
