/**
 * Who is on call by a calendar of another program, in the form of RFC 5545. It imports the core and
 * http. Begin with {@link backout.calendar.CalendarList}; {@link backout.calendar.CalendarReader}
 * has what is understood of a file, {@link backout.calendar.Calendars} when it is read again.
 */
@NullMarked
package backout.calendar;

import org.jspecify.annotations.NullMarked;
