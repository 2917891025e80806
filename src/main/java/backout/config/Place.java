package backout.config;

import backout.problem.Shown;

/**
 * Where something is written.
 *
 * @param line counted from 1; 0 where the whole file is meant
 * @param path the keys that lead to it, joined by slashes; empty for the whole file
 */
record Place(String file, int line, String path) {
    static Place of(String file) {
        return new Place(file, 0, "");
    }

    Place at(int line) {
        return new Place(file, line, path);
    }

    Place child(String key, int line) {
        String shown = Shown.of(key);
        return new Place(file, line, path.isEmpty() ? shown : path + "/" + shown);
    }

    /** {@code config/people.yml:14 people/anna/level} */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + (path.isEmpty() ? "" : " " + path);
    }
}
