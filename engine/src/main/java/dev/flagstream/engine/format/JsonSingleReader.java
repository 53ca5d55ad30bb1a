package dev.flagstream.engine.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads rows of one column written as a bare JSON value. */
final class JsonSingleReader implements RowReader {

  private final JsonValueReader reader;
  private final int slot;
  private final int width;

  JsonSingleReader(ColumnLayout layout) {
    this.reader = JsonValueReader.of(layout.columns().get(0).type());
    this.slot = layout.slots().get(0);
    this.width = layout.width();
  }

  @Override
  public Object[] read(byte[] bytes) {
    try (JsonParser parser = Json.FACTORY.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      if (first == null || first == JsonToken.VALUE_NULL) {
        return null;
      }
      Object[] row = new Object[width];
      Object value = reader.read(parser);
      if (slot != ColumnLayout.UNUSED) {
        row[slot] = value;
      }
      return row;
    } catch (UnreadableValueException e) {
      throw e.inside("$");
    } catch (JsonProcessingException e) {
      throw new UnreadableValueException(e.getOriginalMessage());
    } catch (IOException e) {
      throw new UnreadableValueException(e.getMessage(), e);
    }
  }
}
