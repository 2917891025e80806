package backout.report;

import backout.chat.Message;
import backout.language.Phrase;
import backout.problem.Problem;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A chat in memory: keeps what it is sent, and fails as chats do when it is told to. */
final class Chat implements Room {
    /** What goes wrong with the next call. */
    enum Trouble {
        TOO_MANY_CALLS,
        ANSWER_LOST,
        MESSAGE_GONE,
        CHANNEL_GONE,
        TOKEN_REVOKED
    }

    /** One message with everything that its thread says. */
    static final class Posted {
        final String key;
        Message message;
        final List<Message> thread = new ArrayList<>();

        Posted(String key, Message message) {
            this.key = key;
            this.message = message;
        }
    }

    final Map<String, Posted> posted = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<String> whispers = new ArrayList<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();

    /** Channels in which all calls go wrong, until they are taken out. */
    final Map<String, Trouble> channels = new HashMap<>();

    void next(Trouble trouble) {
        troubles.add(trouble);
    }

    @Override
    public String chat() {
        return "slack";
    }

    @Override
    public boolean isDirect(String channel) {
        return channel.startsWith("D");
    }

    private boolean isLost(String call) throws Later, Refused {
        calls.add(call);
        String channel = call.split(" ", -1)[1];
        Trouble trouble = troubles.isEmpty() ? channels.get(channel) : troubles.poll();
        if (trouble == Trouble.TOO_MANY_CALLS) {
            String place = channels.containsKey(channel) ? channel : "";
            throw new Later(Phrase.of("ratelimited"), Duration.ofSeconds(7), place);
        }
        if (trouble == Trouble.MESSAGE_GONE) {
            Phrase what = Phrase.of("message_not_found");
            throw new Refused(new Problem(what, "C1", Phrase.NONE), Gone.MESSAGE);
        }
        if (trouble == Trouble.CHANNEL_GONE) {
            throw new Refused(
                    new Problem(Phrase.of("channel_not_found"), "C1", Phrase.of("invite the bot")),
                    Gone.CHANNEL);
        }
        if (trouble == Trouble.TOKEN_REVOKED) {
            throw new Refused(
                    new Problem(Phrase.of("token_revoked"), "C1", Phrase.of("copy the token")),
                    Gone.WAY_IN);
        }
        return trouble == Trouble.ANSWER_LOST;
    }

    private static void answer(boolean lost) throws Later {
        if (lost) {
            throw new Later(Phrase.of("timeout"), Duration.ZERO);
        }
    }

    @Override
    public String post(String channel, String key, Message message) throws Later, Refused {
        boolean lost = isLost("post " + channel + " " + key);
        String address = "ts" + (posted.size() + 1);
        posted.put(channel + "/" + address, new Posted(key, message));
        answer(lost);
        return address;
    }

    @Override
    public Optional<String> find(String channel, String key) throws Later, Refused {
        answer(isLost("find " + channel + " " + key));
        return posted.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(channel + "/"))
                .filter(entry -> entry.getValue().key.equals(key))
                .map(entry -> entry.getKey().substring(channel.length() + 1))
                .filter(address -> !address.contains("/"))
                .findFirst();
    }

    private Posted at(String channel, String address) {
        return Optional.ofNullable(posted.get(channel + "/" + address)).orElseThrow();
    }

    @Override
    public void edit(String channel, String address, Message message) throws Later, Refused {
        boolean lost = isLost("edit " + channel + " " + at(channel, address).key);
        at(channel, address).message = message;
        answer(lost);
    }

    @Override
    public void reply(String channel, String address, Message message) throws Later, Refused {
        boolean lost = isLost("reply " + channel + " " + at(channel, address).key);
        at(channel, address).thread.add(message);
        answer(lost);
    }

    @Override
    public void direct(String person, Message message) throws Later, Refused {
        boolean lost = isLost("direct " + person);
        whispers.add(person + ": " + message.summary());
        answer(lost);
    }

    @Override
    public void whisper(String channel, String person, Message message) throws Later, Refused {
        boolean lost = isLost("whisper " + channel + " " + person);
        whispers.add(person + ": " + message.summary());
        answer(lost);
    }
}
