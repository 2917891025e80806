package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import backout.language.Phrase;

import org.junit.jupiter.api.Test;

import java.util.List;

class KeyDiffTest {
    private static List<String> diff(String before, String after) {
        return KeyDiff.of(before.getBytes(UTF_8), after.getBytes(UTF_8)).stream()
                .map(Phrase::toString)
                .toList();
    }

    @Test
    void keys_are_named_and_values_are_not() {
        assertThat(diff("A=1\nTOKEN=old-secret\nGONE=x\n", "A=1\nTOKEN=new-secret\nNEW=y\n"))
                .containsExactly("GONE", "NEW", "TOKEN");
    }

    @Test
    void env_yaml_and_list_forms_are_read() {
        assertThat(diff("", "export A=1\n  image: x\n  - JWT_SECRET=s\n\"q.k\": v\n"))
                .containsExactly("A", "JWT_SECRET", "image", "q.k");
    }

    @Test
    void a_line_without_a_key_is_not_repeated() {
        assertThat(diff("", "  hunter2secret\n")).containsExactly("a line without a key");
    }

    @Test
    void the_same_differs_in_nothing() {
        assertThat(diff("A=1\r\n", "A=1\n")).isEmpty();
        assertThat(diff("A=1\n", "# a word\n\nA=1\n")).isEmpty();
    }

    @Test
    void a_secret_of_several_lines_is_told_by_its_key_alone() {
        String pem =
                """
                A=1
                KEY="-----BEGIN-----
                MIIEowIBAAKCAQEAsecret1
                c2VjcmV0c2VjcmV0c2VjcmV0==
                tail: secret2
                -----END-----"
                B=2
                """;
        assertThat(diff("A=1\nB=3\n", pem)).containsExactly("B", "KEY");
        String tls =
                """
                configs:
                  tls:
                    content: |
                      abc=
                      x: y
                    name: n
                """;
        assertThat(diff("", tls)).containsExactly("configs", "content", "name", "tls");
        assertThat(diff("", "e:\n  K: abc\n    defsecret=\n  L: 1\n"))
                .containsExactly("K", "L", "e");
        assertThat(diff("", "l:\n  - c2VjcmV0c2VjcmV0c2VjcmV0==\n  - \"T=a\n    b=c\"\n  - U=1\n"))
                .containsExactly("T", "U", "a line without a key", "l");
    }
}
