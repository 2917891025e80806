package backout.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Answers like an idle Redis, but for the commands it was told to answer otherwise. */
final class CannedRedis implements AutoCloseable {
    private static final String INFO =
            """
            redis_version:7.0.0\r
            run_id:abc\r
            role:master\r
            loading:0\r
            rdb_bgsave_in_progress:0\r
            rdb_last_bgsave_status:ok\r
            rdb_last_save_time:1\r
            aof_rewrite_in_progress:0\r
            aof_rewrite_scheduled:0\r
            used_memory:1\r
            maxmemory:0\r
            evicted_keys:0\r
            """;

    private final Map<String, String> answers = new HashMap<>();
    private final ServerSocket server;

    CannedRedis(Map<String, String> otherwise) throws IOException {
        answers.put("PING", "+PONG\r\n");
        answers.put("INFO", "$" + INFO.length() + "\r\n" + INFO + "\r\n");
        answers.putAll(otherwise);
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    RedisAddress address() {
        return RedisAddress.of("127.0.0.1", server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                var in =
                        new BufferedReader(
                                new InputStreamReader(
                                        client.getInputStream(), StandardCharsets.UTF_8))) {
            for (String head = in.readLine(); head != null; head = in.readLine()) {
                var words = new String[Integer.parseInt(head.substring(1))];
                for (int i = 0; i < words.length; i++) {
                    in.readLine();
                    words[i] = in.readLine();
                }
                client.getOutputStream().write(to(words).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            return;
        }
    }

    static String pair(String key, String value) {
        return "*2\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
                .formatted(key.length(), key, value.length(), value);
    }

    private String to(String[] words) {
        if (words[0].equals("CONFIG")) {
            return answers.getOrDefault("CONFIG " + words[2], pair(words[2], "x"));
        }
        return answers.getOrDefault(words[0], "-ERR unknown command\r\n");
    }
}
