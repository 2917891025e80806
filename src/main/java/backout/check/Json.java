package backout.check;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A JSON value as a health body holds it. The core has no JSON library. */
sealed interface Json {
    record Obj(Map<String, Json> members) implements Json {}

    record Arr(List<Json> items) implements Json {}

    record Str(String text) implements Json {}

    /** A number, and its text as it was written: 1.10 stays 1.10. */
    record Num(BigDecimal value, String text) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}
}
