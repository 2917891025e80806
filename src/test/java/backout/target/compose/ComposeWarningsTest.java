package backout.target.compose;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
