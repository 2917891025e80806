package backout.init;

import backout.language.Phrase;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks whether the Redis beside a service is saved before each of its rollbacks. */
final class RedisQuestion {
    private static final Set<String> NAMES =
            Set.of("redis", "valkey", "keydb", "redis-stack-server");
    private static final String NONE = "-";
    private static final String REFERENCE = "env:[A-Za-z_][A-Za-z0-9_]*|file:/[^\\p{Cntrl}]+";

    private final Dialog dialog;
    private final List<Service> services;

    RedisQuestion(Dialog dialog, List<Service> services) {
        this.dialog = dialog;
        this.services = List.copyOf(services);
    }

    Optional<Drafts.Redis> ask(Service service) {
        List<Service> beside =
                services.stream()
                        .filter(one -> one.host().equals(service.host()))
                        .filter(one -> one.project().equals(service.project()))
                        .filter(one -> !one.name().equals(service.name()))
                        .filter(one -> one.isRunning() && isRedis(one.image()))
                        .filter(one -> one.name().chars().noneMatch(Character::isISOControl))
                        .toList();
        return beside.size() == 1 ? ask(service, beside.getFirst()) : Optional.empty();
    }

    private static boolean isRedis(String image) {
        String name = image.replaceFirst("@.*", "").replaceFirst(".*/", "").replaceFirst(":.*", "");
        return NAMES.contains(name);
    }

    private Optional<Drafts.Redis> ask(Service service, Service redis) {
        boolean wanted =
                dialog.agrees(
                        Phrase.of(
                                "Shall {0} be saved before each rollback of {1}?",
                                redis.shown(), service.shown()),
                        true);
        if (!wanted) {
            return Optional.empty();
        }
        return redis.asksPassword()
                ? password(redis)
                : Optional.of(new Drafts.Redis(redis.name(), Optional.empty()));
    }

    private Optional<Drafts.Redis> password(Service redis) {
        while (true) {
            String answer =
                    dialog.ask(
                            Phrase.of(
                                    "Where does the bot find the password of {0}? env:NAME or"
                                            + " file:PATH, or - to leave Redis out",
                                    redis.shown()),
                            NONE);
            if (answer.equals(NONE)) {
                return Optional.empty();
            }
            if (answer.matches(REFERENCE)) {
                return Optional.of(new Drafts.Redis(redis.name(), Optional.of(answer)));
            }
            dialog.say(Phrase.of("That cannot be read. Write it like env:REDIS_PASSWORD."));
        }
    }
}
