/**
 * HTTP for everybody: one client that follows nothing and waits for nobody, the probe that checks
 * are made with, from here or as another machine would, and the door at which only what a chat
 * signed is heard. A means: may import the core, the machines, okhttp and servlets. Start at {@link
 * backout.http.HttpProbe}.
 */
@NullMarked
package backout.http;

import org.jspecify.annotations.NullMarked;
