package backout.operations;

import backout.chat.Message;
import backout.operations.Instruments.Delivery;
import backout.report.Room;

import java.util.Optional;

/** Counts what became of each call to a chat. */
record CountedRoom(Room room, Instruments instruments) implements Room {
    private interface Call<T> {
        T send() throws Later, Refused;
    }

    private <T> T counted(String name, Call<T> call) throws Later, Refused {
        Delivery result = Delivery.LATER;
        try {
            T answer = call.send();
            result = Delivery.OK;
            return answer;
        } catch (Refused refused) {
            result = Delivery.REFUSED;
            throw refused;
        } finally {
            instruments.listener().delivered(room.chat(), name, result);
        }
    }

    @Override
    public String chat() {
        return room.chat();
    }

    @Override
    public boolean isDirect(String channel) {
        return room.isDirect(channel);
    }

    @Override
    public String post(String channel, String key, Message message) throws Later, Refused {
        return counted("post", () -> room.post(channel, key, message));
    }

    @Override
    public Optional<String> find(String channel, String key) throws Later, Refused {
        return counted("find", () -> room.find(channel, key));
    }

    @Override
    public void edit(String channel, String address, Message message) throws Later, Refused {
        var _ =
                counted(
                        "edit",
                        () -> {
                            room.edit(channel, address, message);
                            return address;
                        });
    }

    @Override
    public void reply(String channel, String address, Message message) throws Later, Refused {
        var _ =
                counted(
                        "reply",
                        () -> {
                            room.reply(channel, address, message);
                            return address;
                        });
    }

    @Override
    public void whisper(String channel, String person, Message message) throws Later, Refused {
        var _ =
                counted(
                        "whisper",
                        () -> {
                            room.whisper(channel, person, message);
                            return channel;
                        });
    }

    @Override
    public void direct(String person, Message message) throws Later, Refused {
        var _ =
                counted(
                        "direct",
                        () -> {
                            room.direct(person, message);
                            return person;
                        });
    }
}
