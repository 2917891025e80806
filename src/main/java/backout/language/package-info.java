/**
 * What people read, apart from the language they read it in: code says a {@link
 * backout.language.Phrase} in English, with its values beside it; a face says it in the reader's
 * {@link backout.language.Language}. First package of the core: imports nothing but the JDK.
 */
@NullMarked
package backout.language;

import org.jspecify.annotations.NullMarked;
