package backout.language;

import java.util.Arrays;
import java.util.List;

/** Phrases of tests, where nothing is translated. */
public final class Phrases {
    private Phrases() {}

    public static List<Phrase> of(String... texts) {
        return of(Arrays.asList(texts));
    }

    public static List<Phrase> of(List<String> texts) {
        return texts.stream().map(Phrase::verbatim).toList();
    }

    public static List<List<Phrase>> rows(List<List<String>> rows) {
        return rows.stream().map(Phrases::of).toList();
    }
}
