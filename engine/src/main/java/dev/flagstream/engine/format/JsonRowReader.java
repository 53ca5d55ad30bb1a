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
  private final JsonObjectReader fields;
  private final PlainJsonReader plain;

  JsonRowReader(ColumnLayout layout) {
    this.layout = layout;
    this.columns = layout.columns();
    this.fields =
        new JsonObjectReader(
            columns.stream().map(Column::name).toList(),
            columns.stream().map(c -> JsonValueReader.of(c.type())).toArray(JsonValueReader[]::new),
            layout.slotArray());
    this.plain = new PlainJsonReader(layout);
  }

  @Override
  public Object[] read(byte[] bytes) {
    Object[] row = new Object[layout.width()];
    return plain.read(bytes, row) ? row : readAny(bytes);
  }

  /** Reads what is JSON, however it is written. */
  Object[] readAny(byte[] bytes) {
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      // Neither an empty text nor one that says null is a record without a value, as in ksqlDB.
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
    fields.read(parser, row);
    return row;
  }
}
