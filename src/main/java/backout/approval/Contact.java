package backout.approval;

import java.util.List;

/**
 * How somebody is reached beside the chats; each may be empty.
 *
 * @param role what they do: {@code backend}
 * @param phone as it is dialled
 * @param pagers the receivers by which they are called: {@code mail/oncall}
 */
public record Contact(String role, String phone, String mail, List<String> pagers) {
    public static final Contact NONE = new Contact("", "", "");

    public Contact {
        pagers = List.copyOf(pagers);
    }

    /** One who is called in chats alone. */
    public Contact(String role, String phone, String mail) {
        this(role, phone, mail, List.of());
    }
}
