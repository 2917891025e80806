package backout.executor.source;

import backout.run.Receipt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a service before it is stopped, and how far it went since.
 *
 * @param owners the texts of each supervisor, in the order in which they are stopped
 * @param text what the link said before; empty where a checkout stood there
 * @param room the folder for what a start needs and nobody may read
 */
record Held(List<Map<String, String>> owners, String text, String room, Leg leg) {
    /** What was started last. */
    enum Leg {
        NONE,
        FORTH,
        BACK
    }

    Held {
        owners = List.copyOf(owners);
    }

    Held on(Leg other) {
        return new Held(owners, text, room, other);
    }

    Held by(List<Map<String, String>> others) {
        return new Held(others, text, room, leg);
    }

    Receipt receipt() {
        var kept = new HashMap<String, String>();
        kept.put("link", text);
        kept.put("room", room);
        kept.put("leg", leg.name());
        for (int i = 0; i < owners.size(); i++) {
            String before = "owner." + i + ".";
            owners.get(i).forEach((key, value) -> kept.put(before + key, value));
        }
        return new Receipt(kept);
    }

    static Held read(Receipt receipt) {
        var owners = new ArrayList<Map<String, String>>();
        for (var owner = owner(receipt, 0); !owner.isEmpty(); ) {
            owners.add(owner);
            owner = owner(receipt, owners.size());
        }
        return new Held(
                owners,
                receipt.value("link").orElse(""),
                receipt.value("room").orElse(""),
                receipt.value("leg").map(Leg::valueOf).orElse(Leg.NONE));
    }

    private static Map<String, String> owner(Receipt receipt, int number) {
        String before = "owner." + number + ".";
        var texts = new LinkedHashMap<String, String>();
        receipt.kept()
                .forEach((key, value) -> {
                    if (key.startsWith(before)) {
                        texts.put(key.substring(before.length()), value);
                    }
                });
        return texts;
    }
}
