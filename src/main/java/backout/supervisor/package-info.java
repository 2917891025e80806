/**
 * Who keeps a service running that no container holds: systemd, PM2, a PID file, nobody; and how
 * each of them is stopped and started from another folder. A means: may import the core and the
 * hosts. Start at {@link backout.supervisor.Supervisors}.
 */
@NullMarked
package backout.supervisor;

import org.jspecify.annotations.NullMarked;
