package backout.executor.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeWarningsTest {
    @Test
    void each_warning_is_taken_once_and_variables_by_name() {
        var warnings =
                ComposeWarnings.parse(
                        """
                        time="2026-11-28T21:07:31Z" level=warning msg="The \\"TAG\\" variable is not set. Defaulting to a blank string."
                        time="2026-11-28T21:07:31Z" level=warning msg="The \\"TAG\\" variable is not set. Defaulting to a blank string."
                        WARN[0000] The "DATA" variable is not set. Defaulting to a blank string.
                        WARN[0000] The FOO variable is not set. Defaulting to a blank string.
                        time="2026-11-28T21:07:31Z" level=warning msg="network back: network.external.name is deprecated"
                        time="2026-11-28T21:07:31Z" level=warning msg="/srv/compose.yml: `version` is obsolete"
                        time="2026-11-28T21:07:31Z" level=info msg=fine
                        """);
        assertThat(warnings.unset()).containsExactly("DATA", "FOO", "TAG");
        assertThat(warnings.others())
                .containsExactly("network back: network.external.name is deprecated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "level=warning msg=\"",
                "\\\"",
                "\\\\",
                "WARN[0000] ",
                "\"TAG\" variable is not set. "
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_line_of_megabytes_is_read_as_its_beginning(String piece) {
        String line = "level=warning msg=\"" + piece.repeat(2_000_000 / piece.length());

        var warnings = ComposeWarnings.parse(line + "\"\nWARN[0000] The next\n");

        assertThat(warnings.others()).contains("The next");
        assertThat(warnings.texts()).allMatch(text -> text.length() <= 2_000);
    }
}
