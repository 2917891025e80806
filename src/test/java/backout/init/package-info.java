/** Tests of the first configuration: a canned engine, scripted answers, the real loader. */
@org.jspecify.annotations.NullMarked
package backout.init;
