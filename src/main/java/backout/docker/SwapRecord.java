package backout.docker;

import backout.run.Receipt;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the receipt of an exchange, and of the one that leads back, is kept with a step. */
final class SwapRecord {
    private static final String LABEL = "label:";

    /** Before the keys of the second exchange's receipt, which the way back may need. */
    private static final String BACK = "back:";

    private SwapRecord() {}

    static Receipt write(SwapReceipt receipt) {
        var kept = new LinkedHashMap<String, String>();
        kept.put("op", receipt.op());
        kept.put("container", receipt.container());
        kept.put("old-id", receipt.oldId());
        kept.put("old-image", receipt.oldImageId());
        kept.put("old-image-name", receipt.oldImageName());
        kept.put("restart", receipt.restartPolicy().name());
        kept.put("restart-most", Integer.toString(receipt.restartPolicy().maximumRetries()));
        kept.put("was-running", Boolean.toString(receipt.wasRunning()));
        kept.put("of-compose", Boolean.toString(receipt.isOfCompose()));
        kept.put("own", String.join("\n", receipt.own()));
        receipt.replacedLabels().forEach((label, value) -> kept.put(LABEL + label, value));
        return new Receipt(kept);
    }

    /** The first one, and beside it that of the exchange that leads back. */
    static Receipt both(Receipt first, SwapReceipt second) {
        var both = new LinkedHashMap<>(first.kept());
        write(second).kept().forEach((key, value) -> both.put(BACK + key, value));
        return new Receipt(both);
    }

    static Optional<SwapReceipt> readBack(Receipt receipt) {
        var kept = new LinkedHashMap<String, String>();
        receipt.kept()
                .forEach((key, value) -> {
                    if (key.startsWith(BACK)) {
                        kept.put(key.substring(BACK.length()), value);
                    }
                });
        return kept.isEmpty() ? Optional.empty() : Optional.of(read(new Receipt(kept)));
    }

    static SwapReceipt read(Receipt receipt) {
        var labels = new LinkedHashMap<String, String>();
        receipt.kept()
                .forEach((key, value) -> {
                    if (key.startsWith(LABEL)) {
                        labels.put(key.substring(LABEL.length()), value);
                    }
                });
        return new SwapReceipt(
                need(receipt, "op"),
                need(receipt, "container"),
                need(receipt, "old-id"),
                need(receipt, "old-image"),
                need(receipt, "old-image-name"),
                new RestartPolicy(
                        need(receipt, "restart"), Integer.parseInt(need(receipt, "restart-most"))),
                Boolean.parseBoolean(need(receipt, "was-running")),
                labels,
                Boolean.parseBoolean(need(receipt, "of-compose")),
                receipt.value("own").stream()
                        .flatMap(String::lines)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static String need(Receipt receipt, String key) {
        return receipt.value(key)
                .orElseThrow(() -> new IllegalStateException("the receipt has no " + key));
    }
}
