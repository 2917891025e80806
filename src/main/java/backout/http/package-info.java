/**
 * HTTP for everybody: one client that follows nothing and waits for nobody, the probe that checks
 * are made with, and the door at which only what a chat signed is heard. A means: may import the
 * core, the means before it, okhttp and servlets. Start at {@link backout.http.HttpProbe}.
 */
@NullMarked
package backout.http;

import org.jspecify.annotations.NullMarked;
