package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void a_reference_is_taken_apart() {
        assertThat(ImageName.parse("reg:5000/team/app:1.2@" + DIGEST))
                .isEqualTo(new ImageName("reg:5000/team/app", "1.2", DIGEST));
        assertThat(ImageName.parse("reg:5000/app"))
                .isEqualTo(new ImageName("reg:5000/app", "", ""));
        assertThat(ImageName.parse("app@" + DIGEST)).isEqualTo(new ImageName("app", "", DIGEST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app 1",
                "app:1:2 ",
                "app:1;rm",
                "-app:1",
                "app@sha256:zz",
                "../app?x=1"
            })
    void what_is_no_reference_is_refused(String text) {
        assertThatThrownBy(() -> ImageName.parse(text)).isInstanceOf(ProblemException.class);
    }
}
