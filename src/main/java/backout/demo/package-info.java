/**
 * The demo: a throw-away site with a real service on a real Docker engine, and the story that is
 * played on it. Imports the core and the means, knows no adapter: the bot and the terminal are
 * handed in. Start at {@link backout.demo.Demo}; what it puts on the machine is {@link
 * backout.demo.DemoSite}.
 */
@NullMarked
package backout.demo;

import org.jspecify.annotations.NullMarked;
