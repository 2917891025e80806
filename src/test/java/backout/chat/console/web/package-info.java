/** The web console: its pages as HTTP, and in a real browser. */
@NullMarked
package backout.chat.console.web;

import org.jspecify.annotations.NullMarked;
