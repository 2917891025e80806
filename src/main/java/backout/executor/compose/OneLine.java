package backout.executor.compose;

/** A name as part of a line that is read again: names of labels and variables may hold any text. */
final class OneLine {
    private OneLine() {}

    static String of(String name) {
        return name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    /** The name that was given to {@link #of}. */
    static String read(String line) {
        var name = new StringBuilder();
        for (int at = 0; at < line.length(); at++) {
            boolean escapes = line.charAt(at) == '\\' && at + 1 < line.length();
            name.append(escapes ? escaped(line.charAt(++at)) : line.charAt(at));
        }
        return name.toString();
    }

    private static char escaped(char letter) {
        return switch (letter) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            default -> letter;
        };
    }
}
