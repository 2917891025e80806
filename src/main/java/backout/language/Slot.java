package backout.language;

/** The places in a template where a value goes: {@code {0}} to {@code {9}}. */
final class Slot {
    private Slot() {}

    /** Where the slot that begins at {@code at} ends; -1 where none begins. */
    static int end(String template, int at) {
        boolean is =
                template.charAt(at) == '{'
                        && at + 2 < template.length()
                        && template.charAt(at + 1) >= '0'
                        && template.charAt(at + 1) <= '9'
                        && template.charAt(at + 2) == '}';
        return is ? at + 2 : -1;
    }
}
