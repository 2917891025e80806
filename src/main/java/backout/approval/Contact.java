package backout.approval;

/**
 * How somebody is reached beside the chats; each may be empty.
 *
 * @param role what they do: {@code backend}
 * @param phone as it is dialled
 */
public record Contact(String role, String phone, String mail) {
    public static final Contact NONE = new Contact("", "", "");
}
