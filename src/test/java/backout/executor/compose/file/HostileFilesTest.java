package backout.executor.compose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Files that somebody made to keep the bot busy, or to make it say what they hold. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileFilesTest {
    private static final String WEB = "services: {web: {image: 'shop/web:${TAG}'}}\n";

    private static ComposeFiles files(String compose, String env) {
        return HostileCompose.files(compose, env);
    }

    private static String edited(String compose, String env) {
        return HostileCompose.edited(compose, env);
    }

    @Test
    void an_env_file_of_very_many_lines_is_edited() {
        String env = "A=1\n".repeat(60_000) + "TAG=2\n";
        assertThat(edited(WEB, env)).endsWith("A=1\nTAG=1\n");
    }

    /**
     * As large as a file may be. Who counts from its beginning for each place, as it once was, is
     * not done before the time of this class is over.
     */
    @ParameterizedTest
    @CsvSource({"40000, 1", "20000, 400000"})
    void a_compose_file_of_very_many_services_is_edited(int services, int emoji) {
        String compose = HostileCompose.of(services, emoji);
        assertThat(edited(compose, "")).endsWith("image: shop/web:1\n");
    }

    @Test
    void variables_that_double_each_other_are_refused_before_they_fill_the_memory() {
        var env = new StringBuilder("V0=0123456789\n");
        for (int i = 1; i < 60; i++) {
            env.append("V%d=$V%d$V%d\n".formatted(i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> edited(WEB, env + "TAG=2\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("with its variables this text is longer than 1 MiB")
                .hasMessageContaining("/srv/shop/.env:");
    }

    @Test
    void empty_variables_that_double_each_other_are_followed_once() {
        var env = new StringBuilder("V0=\n");
        for (int i = 1; i < 60; i++) {
            env.append("V%d=$V%d$V%d\n".formatted(i, i - 1, i - 1));
        }
        assertThat(edited(WEB, env + "TAG=${V59}2\n")).endsWith("TAG=${V59}1\n");
    }

    @Test
    void a_long_chain_of_variables_is_followed() {
        var env = new StringBuilder("V0=2\n");
        for (int i = 1; i < 2_000; i++) {
            env.append("V%d=$V%d\n".formatted(i, i - 1));
        }
        var edited = files(WEB, env + "TAG=$V1999\n").edit("web", "shop/web:1");
        assertThat(edited.images()).containsOnlyKeys("web");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 50_000})
    void what_is_nested_without_end_is_refused(int depth) {
        String list = "x: " + "[".repeat(depth) + "]".repeat(depth) + "\n" + WEB;
        assertThatThrownBy(() -> edited(list, "TAG=2\n"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it is nested too deeply");
        String text = "A=" + "${X:-".repeat(depth) + "}".repeat(depth) + "\nTAG=2\n";
        assertThatThrownBy(() -> edited(WEB, text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 100 variables in one another");
    }

    @Test
    void a_password_that_reads_as_yaml_is_not_repeated() {
        for (String value : List.of("*hunter2secret", "!hunter2!secret x")) {
            assertThatThrownBy(() -> edited("x: {PASSWORD: " + value + "}\n" + WEB, ""))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void what_merges_what_merges_without_end_is_refused() {
        var compose = new StringBuilder("x-0: &m0 {image: 'shop/web:2'}\n");
        for (int i = 1; i < 9_000; i++) {
            compose.append("x-%d: &m%d {<<: *m%d}\n".formatted(i, i, i - 1));
        }
        compose.append("services: {web: {<<: *m8999}}\n");
        assertThatThrownBy(() -> edited(compose.toString(), ""))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("it is nested too deeply");
    }

    @Test
    void a_long_chain_of_services_that_extend_each_other_is_followed() {
        var compose = new StringBuilder("services:\n  s0: {image: 'shop/web:2'}\n");
        for (int i = 1; i < 3_000; i++) {
            compose.append("  s%d: {extends: {service: s%d}}\n".formatted(i, i - 1));
        }
        compose.append("  web: {image: 'shop/web:2', extends: {service: s2999}}\n");
        assertThat(edited(compose.toString(), "")).contains("web: {image: 'shop/web:1'");
    }
}
