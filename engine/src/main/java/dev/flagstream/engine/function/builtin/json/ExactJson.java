package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstream.engine.function.RowBudget;
import java.io.IOException;
import java.io.StringWriter;

/** Reads and writes JSON with numbers as exact as they were written. */
final class ExactJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          // As DoubleText has it.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private ExactJson() {}

  /**
   * The value a text begins with; of an empty text a missing node.
   *
   * @throws IllegalArgumentException if it is no JSON; the message does not show the text
   */
  static JsonNode read(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new IllegalArgumentException(
          at == null
              ? "Invalid JSON"
              : "Invalid JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
    }
  }

  /**
   * The text of a value, with plain numbers: {@code 1e3} becomes {@code 1000}, as in ksqlDB.
   *
   * @throws IllegalArgumentException if a number has more than 9,999 digits, or all together are
   *     more than a row may make
   */
  static String write(JsonNode node) {
    try {
      StringWriter text = new BoundedText();
      MAPPER.writeValue(text, node);
      return text.toString();
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof RuntimeException tooMuch) {
        throw tooMuch; // the budget's
      }
      throw new IllegalArgumentException("A number is too long to be written as JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("A text can always be written", e);
    }
  }

  /** A few characters of an exponent make thousands of digits: what is made is paid for. */
  private static final class BoundedText extends StringWriter {
    @Override
    public void write(char[] characters, int from, int length) {
      RowBudget.characters("JSON", length);
      super.write(characters, from, length);
    }
  }

  /**
   * A part of JSON as ksqlDB shows it: a string without quotes, all else as JSON in which numbers
   * keep their exponents, {@code 1E+3}. Unlike {@link #write}, it never makes more than it read.
   */
  static String asString(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
