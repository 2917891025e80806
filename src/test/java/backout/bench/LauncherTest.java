package backout.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

class LauncherTest {
    @Test
    void flags_are_those_of_the_script_without_its_own_paths() {
        String script =
                """
                flags=(-XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED -Dbackout.home="$home")
                flags+=(-XX:AOTCache="$aot" '-Xlog:aot*=off')
                exec "$java_home/bin/java" "${flags[@]}" -jar "$jar" "$@"
                """;

        assertThat(Launcher.flags(script))
                .containsExactly(
                        "-XX:+UseSerialGC", "-Xmx512m", "--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void the_launcher_has_flags() {
        assertThat(Launcher.flags()).anyMatch(flag -> flag.startsWith("-Xmx"));
    }

    @Test
    void the_emergency_script_is_the_guides_but_for_the_names() {
        String script = EmergencyScript.text("127.0.0.1:5000", "http://127.0.0.1:81");

        assertThat(script)
                .contains("docker compose down", "sleep 10", "curl -f http://127.0.0.1:81/health")
                .contains(
                        "s|127.0.0.1:5000/wangxiaobo775/claude-relay-service|127.0.0.1:5000/weishaw/claude-relay-service|g")
                .doesNotContain("localhost");
    }

    /** Fills the heap, and would go on as a bot that answers nobody. */
    static final class Glutton {
        private Glutton() {}

        public static void main(String[] arguments) throws InterruptedException {
            var thread = new Thread(Glutton::eat);
            thread.start();
            thread.join();
            System.exit(0);
        }

        private static void eat() {
            List<byte[]> all = List.of();
            while (all.size() < Integer.MAX_VALUE) {
                all = new ArrayList<>(all);
                all.add(new byte[1 << 20]);
            }
        }
    }

    @Test
    void a_heap_that_is_full_ends_the_process_so_that_it_is_started_again() throws Exception {
        var argv = new ArrayList<String>(List.of(Launcher.program().toString()));
        argv.addAll(Launcher.flags());
        argv.addAll(List.of("-Xmx32m", "-cp", System.getProperty("java.class.path")));
        argv.add(Glutton.class.getName());
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor()).isEqualTo(3);
    }
}
