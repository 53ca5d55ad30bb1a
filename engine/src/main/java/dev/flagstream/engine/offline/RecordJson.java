package dev.flagstream.engine.offline;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.catalog.Source.WindowInfo;
import dev.flagstream.engine.catalog.Source.WindowKind;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.UnreadableValueException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Keys and values of records as JSON, whatever their format: how the files of tests write them.
 * Formats that are text stand in a JSON string, numbers of the KAFKA format are JSON numbers.
 */
public final class RecordJson {

  /** Reads and writes numbers exactly. */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          // As DoubleText has it.
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** A window as a key carries it; the end of a time window follows from its start. */
  public record Window(long startMs, long endMs) {}

  /** A key without its window, and the window. */
  public record Key(JsonNode columns, Optional<Window> window) {}

  private final Format keyFormat;
  private final List<Column> keyColumns;
  private final Format valueFormat;
  private final List<Column> valueColumns;
  private final Optional<WindowInfo> windowInfo;

  /** For the records of a source's topic. */
  public RecordJson(Source source) {
    this.keyFormat = source.keyFormat();
    this.keyColumns = source.schema().key();
    this.valueFormat = source.valueFormat();
    this.valueColumns =
        source.schema().value().stream().filter(c -> c.namespace() == Namespace.VALUE).toList();
    this.windowInfo = source.window();
  }

  public Format keyFormat() {
    return keyFormat;
  }

  /** The format of values. */
  public Format valueFormat() {
    return valueFormat;
  }

  /** The bytes of a key; null where there is none. */
  public byte[] keyBytes(Key key) {
    byte[] columns = bytes(key.columns(), keyFormat, keyColumns);
    if (columns == null || key.window().isEmpty()) {
      return columns;
    }
    Window window = key.window().get();
    boolean session = windowInfo.map(info -> info.kind() == WindowKind.SESSION).orElse(false);
    ByteBuffer bytes =
        ByteBuffer.allocate(columns.length + (session ? 2 : 1) * Long.BYTES).put(columns);
    if (session) {
      // Sessions are written with their end first.
      bytes.putLong(window.endMs());
    }
    return bytes.putLong(window.startMs()).array();
  }

  /** The key that bytes stand for. */
  public Key key(byte[] bytes) {
    if (bytes == null || windowInfo.isEmpty()) {
      return new Key(json(bytes, keyFormat, keyColumns), Optional.empty());
    }
    boolean session = windowInfo.get().kind() == WindowKind.SESSION;
    int length = bytes.length - (session ? 2 : 1) * Long.BYTES;
    ByteBuffer times = ByteBuffer.wrap(bytes, length, bytes.length - length);
    long first = times.getLong();
    Window window =
        session
            ? new Window(times.getLong(), first)
            : new Window(first, first + windowInfo.get().size().orElseThrow().toMillis());
    return new Key(json(Arrays.copyOf(bytes, length), keyFormat, keyColumns), Optional.of(window));
  }

  /** The bytes of a value; null where there is none. */
  public byte[] valueBytes(JsonNode value) {
    return bytes(value, valueFormat, valueColumns);
  }

  /** The value that bytes stand for. */
  public JsonNode value(byte[] bytes) {
    return json(bytes, valueFormat, valueColumns);
  }

  /** Whether two keys are the same row once read with the source's key columns. */
  public boolean sameKey(JsonNode left, JsonNode right) {
    return same(
        RowFormats.keyReader(keyFormat, ColumnLayout.all(keyColumns)),
        bytes(left, keyFormat, keyColumns),
        bytes(right, keyFormat, keyColumns));
  }

  /** Whether a value is the row that bytes stand for, once read with the source's columns. */
  public boolean sameValue(JsonNode expected, byte[] actual) {
    return same(
        RowFormats.valueReader(valueFormat, ColumnLayout.all(valueColumns)),
        valueBytes(expected),
        actual);
  }

  private static boolean same(RowReader reader, byte[] left, byte[] right) {
    if (left == null || right == null) {
      return left == right;
    }
    try {
      return Arrays.deepEquals(reader.read(left), reader.read(right));
    } catch (UnreadableValueException e) {
      return false;
    }
  }

  private static byte[] bytes(JsonNode node, Format format, List<Column> columns) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    return switch (format.kind()) {
      case JSON -> jsonBytes(node);
      case DELIMITED, NONE -> text(node).getBytes(StandardCharsets.UTF_8);
      case KAFKA -> kafkaBytes(node, columns);
    };
  }

  private static byte[] jsonBytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write " + node, e);
    }
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }

  private static byte[] kafkaBytes(JsonNode node, List<Column> columns) {
    BaseType type = columns.isEmpty() ? BaseType.STRING : columns.get(0).type().base();
    return switch (type) {
      case INTEGER -> ByteBuffer.allocate(Integer.BYTES).putInt(node.asInt()).array();
      case BIGINT -> ByteBuffer.allocate(Long.BYTES).putLong(node.asLong()).array();
      case DOUBLE -> ByteBuffer.allocate(Double.BYTES).putDouble(node.asDouble()).array();
      case BYTES -> Base64.getDecoder().decode(node.asText());
      default -> text(node).getBytes(StandardCharsets.UTF_8);
    };
  }

  private static JsonNode json(byte[] bytes, Format format, List<Column> columns) {
    if (bytes == null) {
      return NullNode.getInstance();
    }
    return switch (format.kind()) {
      case JSON -> parsed(bytes);
      case DELIMITED, NONE -> string(bytes);
      case KAFKA -> kafkaJson(bytes, columns);
    };
  }

  private static JsonNode parsed(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes);
    } catch (IOException e) {
      return string(bytes);
    }
  }

  private static JsonNode string(byte[] bytes) {
    return MAPPER.getNodeFactory().textNode(new String(bytes, StandardCharsets.UTF_8));
  }

  private static JsonNode kafkaJson(byte[] bytes, List<Column> columns) {
    JsonNodeFactory nodes = MAPPER.getNodeFactory();
    BaseType type = columns.isEmpty() ? BaseType.STRING : columns.get(0).type().base();
    return switch (type) {
      case INTEGER -> nodes.numberNode(ByteBuffer.wrap(bytes).getInt());
      case BIGINT -> nodes.numberNode(ByteBuffer.wrap(bytes).getLong());
      case DOUBLE -> nodes.numberNode(ByteBuffer.wrap(bytes).getDouble());
      case BYTES -> nodes.textNode(Base64.getEncoder().encodeToString(bytes));
      default -> string(bytes);
    };
  }
}
