package backout.target.compose.file;

import backout.language.Phrase;

import java.util.List;

/**
 * A way to change an image: other characters at one place of one file. Not verified yet.
 *
 * @param variable the one that the env line sets; empty for a place in a compose file
 */
record Candidate(
        SourceFile before,
        SourceFile after,
        int line,
        int start,
        String shown,
        String variable,
        List<Phrase> notes) {
    Candidate {
        notes = List.copyOf(notes);
    }
}
