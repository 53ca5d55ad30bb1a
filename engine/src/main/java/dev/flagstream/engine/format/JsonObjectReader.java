package dev.flagstream.engine.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/**
 * Reads the fields of a JSON object into an array.
 *
 * <p>Of several fields that mean the same column ksqlDB takes the one of exactly its name, else the
 * last one; what the others hold does not matter, as long as it is JSON.
 */
final class JsonObjectReader {

  private final List<String> names;
  private final JsonFields fields;
  private final JsonValueReader[] readers;
  private final int[] slots;

  /**
   * A reader of objects with fields of these names.
   *
   * @param slots for each field its index in the array, or {@link ColumnLayout#UNUSED} if nobody
   *     asks for its value, only whether it can be read
   */
  JsonObjectReader(List<String> names, JsonValueReader[] readers, int[] slots) {
    this.names = List.copyOf(names);
    this.fields = new JsonFields(names);
    this.readers = readers;
    this.slots = slots;
  }

  /** Fills {@code values} from the object that begins at the parser's token. */
  void read(JsonParser parser, Object[] values) throws IOException {
    JsonStreamContext object = parser.getParsingContext();
    long[] exact = new long[(names.size() >> 6) + 1];
    UnreadableValueException[] unreadable = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int match = fields.find(parser.currentName());
      parser.nextToken();
      int index = JsonFields.index(match);
      if (match == JsonFields.NONE || isOverridden(match, exact)) {
        JsonValueReader.skip(parser);
        continue;
      }
      UnreadableValueException problem = readField(parser, index, values);
      if (problem != null) {
        leaveValue(parser, object);
        unreadable = unreadable == null ? new UnreadableValueException[names.size()] : unreadable;
      }
      if (unreadable != null) {
        unreadable[index] = problem;
      }
    }
    throwFirst(unreadable);
  }

  /** Whether a field of exactly the column's name came before this one of another case. */
  private static boolean isOverridden(int match, long[] exact) {
    int index = JsonFields.index(match);
    if (JsonFields.isExact(match)) {
      exact[index >> 6] |= 1L << index;
      return false;
    }
    return (exact[index >> 6] & 1L << index) != 0;
  }

  /** Returns why the value cannot be read, or null if it can; a later field may make up for it. */
  private UnreadableValueException readField(JsonParser parser, int index, Object[] values)
      throws IOException {
    int slot = slots[index];
    try {
      if (slot == ColumnLayout.UNUSED) {
        readers[index].check(parser);
      } else {
        values[slot] = readers[index].read(parser);
      }
      return null;
    } catch (UnreadableValueException e) {
      return e.inside("." + names.get(index));
    }
  }

  /** Goes on to the end of a value that was given up in the middle. */
  private static void leaveValue(JsonParser parser, JsonStreamContext object) throws IOException {
    while (parser.getParsingContext() != object) {
      parser.nextToken();
    }
  }

  private static void throwFirst(UnreadableValueException[] unreadable) {
    if (unreadable == null) {
      return;
    }
    for (UnreadableValueException problem : unreadable) {
      if (problem != null) {
        throw problem;
      }
    }
  }
}
