/**
 * HTTP for everybody: one client that follows nothing and waits for nobody, and the probe that
 * checks are made with, from here or as another machine would. A means: may import the core, the
 * machines and okhttp. Start at {@link backout.http.HttpProbe}.
 */
@NullMarked
package backout.http;

import org.jspecify.annotations.NullMarked;
