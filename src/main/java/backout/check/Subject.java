package backout.check;

import java.util.List;
import java.util.Optional;

/** What a check looks at. Each kind has its probe. */
public sealed interface Subject {
    /**
     * An answer over HTTP.
     *
     * @param method GET or HEAD: a check changes nothing
     * @param url with {@code {placeholders}} until they are filled
     * @param secret the name, never the value, of the target's secret sent as bearer token
     */
    record Http(String method, String url, Optional<String> secret) implements Subject {
        @Override
        public String toString() {
            return method + " " + url + secret.map(name -> " as {" + name + "}").orElse("");
        }
    }

    /**
     * The target's own container, or that of another service beside it.
     *
     * @param service empty for the target's own
     */
    record Container(Optional<String> service) implements Subject {
        @Override
        public String toString() {
            return "container" + service.map(name -> " " + name).orElse("");
        }
    }

    /** The process that serves a target which runs without a container. */
    record OwnProcess() implements Subject {
        @Override
        public String toString() {
            return word();
        }
    }

    /** Keys of the target's Redis, counted with SCAN. */
    record Redis(String pattern) implements Subject {
        @Override
        public String toString() {
            return "redis " + pattern;
        }
    }

    /** The file system that holds a folder of the target's host. */
    record Disk(String folder) implements Subject {
        @Override
        public String toString() {
            return "disk " + folder;
        }
    }

    /**
     * What name servers answer for the target's names.
     *
     * @param whom {@code servers} that have the zone, or {@code resolvers} that ask those
     */
    record Names(String whom) implements Subject {
        public static final String SERVERS = "servers";
        public static final String RESOLVERS = "resolvers";

        @Override
        public String toString() {
            return word() + " " + whom;
        }
    }

    /** How a check names it: GET, container. */
    default String word() {
        return switch (this) {
            case Http http -> http.method();
            case Container _ -> "container";
            case OwnProcess _ -> "process";
            case Redis _ -> "redis";
            case Disk _ -> "disk";
            case Names _ -> "dns";
        };
    }

    /** What can be seen of it. */
    default List<Field> fields() {
        return switch (this) {
            case Http http when http.method().equals("HEAD") ->
                    List.of(Field.STATUS, Field.RESPONSE_TIME);
            case Http _ -> List.of(Field.STATUS, Field.BODY, Field.RESPONSE_TIME);
            case Container _ ->
                    List.of(
                            Field.STATE,
                            Field.HEALTH,
                            Field.IMAGE,
                            Field.RESTARTS,
                            Field.MEMORY,
                            Field.CPU);
            case OwnProcess _ -> List.of(Field.STATE, Field.COMMIT, Field.RESTARTS);
            case Redis _ -> List.of(Field.KEYS);
            case Disk _ -> List.of(Field.FREE);
            case Names _ -> List.of(Field.AGREE, Field.TTL, Field.KEPT);
        };
    }

    /** The part of it that may hold placeholders. */
    default String template() {
        return switch (this) {
            case Http http -> http.url();
            case Container _, OwnProcess _, Names _ -> "";
            case Redis redis -> redis.pattern();
            case Disk disk -> disk.folder();
        };
    }

    /** The name of the secret that the probe must send; empty for none. */
    default Optional<String> secret() {
        return this instanceof Http http ? http.secret() : Optional.empty();
    }
}
