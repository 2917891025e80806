/**
 * Records of a zone, read where they are kept and changed all at once: {@link backout.dns.Provider}
 * is whoever keeps them, {@link backout.dns.NameServers} whoever answers with them. Start reading
 * at {@link backout.dns.Records}.
 */
@NullMarked
package backout.dns;

import org.jspecify.annotations.NullMarked;
