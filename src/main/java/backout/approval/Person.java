package backout.approval;

import java.util.Map;

/**
 * Somebody this site knows. One person counts once, whichever chat the vote comes from.
 *
 * @param name the word that people type: {@code anna}
 * @param level 0 may only look, 1 developer, 2 lead, 3 decides
 * @param accounts user ids by chat: {@code slack → U0123}
 * @param webhook where the secret is that a program signs with; empty for people. A program asks
 *     and tells, and never decides: a site has it among its programs and not among its people
 */
public record Person(
        String name, int level, Map<String, String> accounts, Contact contact, String webhook) {
    public Person {
        accounts = Map.copyOf(accounts);
        if (level < 0 || level > 3) {
            throw new IllegalArgumentException("a level is 0 to 3, not " + level);
        }
    }

    /** Somebody who is no program. */
    public Person(String name, int level, Map<String, String> accounts, Contact contact) {
        this(name, level, accounts, contact, "");
    }

    /** The same with no higher level than that. */
    public Person atMost(int most) {
        return new Person(name, Math.min(level, most), accounts, contact, webhook);
    }

    public boolean isProgram() {
        return !webhook.isEmpty();
    }

    /** One who is only reached in chats. */
    public Person(String name, int level, Map<String, String> accounts) {
        this(name, level, accounts, Contact.NONE);
    }
}
