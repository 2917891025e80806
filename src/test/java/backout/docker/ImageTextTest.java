package backout.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

class ImageTextTest {
    private static final String A = "sha256:" + "a".repeat(64);
    private static final String B = "sha256:" + "b".repeat(64);

    private static Image image(String... digests) {
        return new Image(
                A,
                List.of(),
                List.of(digests),
                "amd64",
                "linux",
                1,
                new JsonMapper().createObjectNode());
    }

    private static String text(Image image, String name) {
        return ImageText.of(image, ImageName.parse(name));
    }

    @Test
    void a_registrys_digest_of_the_same_repository_is_added() {
        assertThat(text(image("example.org/other@" + A, "example.org/r@" + B), "example.org/r:1"))
                .isEqualTo("example.org/r:1@" + B);
    }

    @Test
    void the_short_form_is_the_same_repository() {
        assertThat(text(image("docker.io/library/nginx@" + B), "nginx:1")).endsWith(":1@" + B);
    }

    @Test
    void anothers_digest_is_not_taken() {
        assertThat(text(image("example.org/other@" + B), "example.org/r:1"))
                .isEqualTo("example.org/r:1");
        assertThat(text(image(), "example.org/r:1@" + B)).isEqualTo("example.org/r:1");
    }

    @Test
    void the_protective_tag_tells_the_image() {
        assertThat(ImageText.protective(A, ImageName.parse("example.org/r:1@" + B)).toString())
                .isEqualTo("example.org/r:backout-aaaaaaaaaaaa");
    }
}
