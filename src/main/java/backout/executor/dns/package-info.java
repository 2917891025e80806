/**
 * Leads a service's names to another place, such as its standby, and back. Start reading at {@link
 * backout.executor.dns.DnsExecutor}; the change itself is {@link backout.executor.dns.RecordMove}.
 */
@NullMarked
package backout.executor.dns;

import org.jspecify.annotations.NullMarked;
