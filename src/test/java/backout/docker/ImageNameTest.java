package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backout.problem.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageNameTest {
    private static final String DIGEST = "sha256:" + "0a1b2c3d".repeat(8);

    @ParameterizedTest
    @CsvSource({
        "nginx, docker.io/library/nginx, nginx",
        "nginx:1.2, docker.io/library/nginx:1.2, nginx:1.2",
        "me/app:1, docker.io/me/app:1, me/app:1",
        "docker.io/nginx, docker.io/library/nginx, nginx",
        "index.docker.io/me/app, docker.io/me/app, me/app",
        "localhost/app:1, localhost/app:1, localhost/app:1",
        "host:5000/app, host:5000/app, host:5000/app",
        "host:5000/a/b_c/d--e:1, host:5000/a/b_c/d--e:1, host:5000/a/b_c/d--e:1",
        "[::1]:5000/app:1, [::1]:5000/app:1, [::1]:5000/app:1",
        "ghcr.io/me/app:V1_2.3-x, ghcr.io/me/app:V1_2.3-x, ghcr.io/me/app:V1_2.3-x",
    })
    void short_forms_are_filled_in(String text, String full, String familiar) {
        assertThat(ImageName.parse(text)).hasToString(familiar);
        assertThat(ImageName.parse(full)).isEqualTo(ImageName.parse(text));
    }

    @Test
    void tag_and_digest_stand_beside_each_other() {
        var name = ImageName.parse("host:5000/app:1@" + DIGEST);
        assertThat(name.tag()).isEqualTo("1");
        assertThat(name.digest()).isEqualTo(DIGEST);
        assertThat(name.withTag(null)).hasToString("host:5000/app@" + DIGEST);
        assertThat(name.withDigest(null)).hasToString("host:5000/app:1");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/me/app:2, docker.io/me/app:1@D",
        "index.docker.io/me/app, index.docker.io/me/app:1@D",
        "me/app:2, me/app:1@D",
        "me/app:2@E, me/app:1@D",
        "me/app@E, me/app@D",
        "docker.io/me/app@E, docker.io/me/app@D",
        "other/app@E, me/app:1@D",
        "me/app:, me/app:1@D",
        ":, me/app:1@D"
    })
    void it_is_written_as_the_same_repository_is_there(String there, String written) {
        var name = ImageName.parse("me/app:1@" + DIGEST);
        assertThat(name.like(there.replace("E", "sha256:" + "0".repeat(64))))
                .isEqualTo(written.replace("D", DIGEST));
    }

    @Test
    void what_has_no_digest_is_written_by_its_tag() {
        assertThat(ImageName.parse("me/app:1").like("docker.io/me/app@" + DIGEST))
                .isEqualTo("docker.io/me/app:1");
    }

    @Test
    void the_same_repository_is_known_by_all_its_names() {
        assertThat(
                        ImageName.parse("nginx:1")
                                .sameRepository(ImageName.parse("docker.io/library/nginx")))
                .isTrue();
        assertThat(ImageName.parse("a/nginx").sameRepository(ImageName.parse("nginx"))).isFalse();
        assertThat(ImageName.parse("h:1/nginx").sameRepository(ImageName.parse("h:2/nginx")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "@",
                "/",
                "A",
                "a b",
                "a:",
                "a@",
                "a:b:c",
                "a//b",
                "-a",
                "a/",
                "/a",
                "a:-b",
                "a@sha256:12",
                "a@md5:0",
                "a\n",
                "héllo",
                "h:x/a",
                "a@b@c",
                "host:5000/",
                "${A}",
                "a;b",
                "a:1:2 ",
                "../app?x=1",
            })
    void what_docker_refuses_is_refused(String text) {
        assertThatThrownBy(() -> ImageName.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is no image name");
    }

    @Test
    void lengths_have_their_limits() {
        assertThat(ImageName.parse("a:" + "b".repeat(128)).tag()).hasSize(128);
        assertThatThrownBy(() -> ImageName.parse("a:" + "b".repeat(129)))
                .isInstanceOf(ProblemException.class);
        // docker.io/library/ and 237 characters are the 255 that a name may have
        assertThat(ImageName.parse("a".repeat(237)).path()).hasSize(245);
        assertThatThrownBy(() -> ImageName.parse("a".repeat(238)))
                .isInstanceOf(ProblemException.class);
        assertThat(ImageName.parse("a@sha512:" + "0a".repeat(64)).digest()).startsWith("sha512:");
    }
}
