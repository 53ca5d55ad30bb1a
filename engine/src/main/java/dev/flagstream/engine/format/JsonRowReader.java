package dev.flagstream.engine.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.flagstream.engine.type.Column;
import java.io.IOException;
import java.util.List;

/** Reads rows written as a JSON object with a field for each column. */
final class JsonRowReader implements RowReader {

  private final ColumnLayout layout;
  private final List<Column> columns;
  private final JsonFields fields;
  private final JsonValueReader[] readers;
  private final int[] slots;

  JsonRowReader(ColumnLayout layout) {
    this.layout = layout;
    this.columns = layout.columns();
    this.fields = new JsonFields(columns.stream().map(Column::name).toList());
    this.readers =
        columns.stream().map(c -> JsonValueReader.of(c.type())).toArray(JsonValueReader[]::new);
    this.slots = layout.slotArray();
  }

  @Override
  public Object[] read(byte[] bytes) {
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return null;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new UnreadableValueException(
            "Can't convert type. sourceType: " + first + ", requiredType: STRUCT<" + columns + ">");
      }
      return readObject(parser);
    } catch (UnreadableValueException e) {
      throw e.inside("$");
    } catch (JsonProcessingException e) {
      throw new UnreadableValueException(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadableValueException(e.getMessage(), e);
    }
  }

  private Object[] readObject(JsonParser parser) throws IOException {
    Object[] row = new Object[layout.width()];
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int match = fields.find(parser.currentName());
      parser.nextToken();
      if (match == JsonFields.NONE) {
        parser.skipChildren();
      } else {
        readColumn(parser, match, row);
      }
    }
    return row;
  }

  private void readColumn(JsonParser parser, int match, Object[] row) throws IOException {
    int index = JsonFields.index(match);
    int slot = slots[index];
    try {
      if (slot != ColumnLayout.UNUSED && (JsonFields.isExact(match) || row[slot] == null)) {
        row[slot] = readers[index].read(parser);
      } else {
        readers[index].check(parser);
      }
    } catch (UnreadableValueException e) {
      throw e.inside("." + columns.get(index).name());
    }
  }
}
