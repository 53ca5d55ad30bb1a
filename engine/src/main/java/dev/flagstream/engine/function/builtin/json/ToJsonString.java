package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.flagstream.engine.value.ByteBuffers;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** {@code TO_JSON_STRING}. */
@UdfDescription(
    name = "TO_JSON_STRING",
    category = FunctionCategory.JSON,
    description =
        "Any value as JSON; dates and times as strings in ISO 8601, bytes in base64, fields of"
            + " structs and keys of maps in the order of their names.")
public class ToJsonString {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Udf
  public <T> String toJsonString(@UdfParameter("input") T value) {
    return ExactJson.write(node(value));
  }

  private static JsonNode node(Object value) {
    if (value == null) {
      return NODES.nullNode();
    }
    if (value instanceof Struct struct) {
      return node(struct);
    }
    if (value instanceof Map<?, ?> map) {
      return node(map);
    }
    if (value instanceof List<?> list) {
      ArrayNode array = NODES.arrayNode();
      list.forEach(element -> array.add(node(element)));
      return array;
    }
    return value instanceof Number number ? node(number) : primitive(value);
  }

  private static JsonNode node(Struct struct) {
    SortedMap<String, JsonNode> fields = new TreeMap<>();
    for (Field field : struct.schema().fields()) {
      fields.put(field.name(), node(struct.get(field)));
    }
    return NODES.objectNode().setAll(fields);
  }

  private static JsonNode node(Map<?, ?> map) {
    SortedMap<String, JsonNode> entries = new TreeMap<>();
    map.forEach((key, value) -> entries.put(key.toString(), node(value)));
    return NODES.objectNode().setAll(entries);
  }

  private static JsonNode node(Number number) {
    if (number instanceof Integer integer) {
      return NODES.numberNode(integer);
    }
    if (number instanceof Long bigint) {
      return NODES.numberNode(bigint);
    }
    return number instanceof BigDecimal decimal
        ? NODES.numberNode(decimal)
        : NODES.numberNode(number.doubleValue());
  }

  private static JsonNode primitive(Object value) {
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    if (value instanceof ByteBuffer bytes) {
      return NODES.binaryNode(ByteBuffers.toArray(bytes));
    }
    return NODES.textNode(text(value));
  }

  private static String text(Object value) {
    if (value instanceof Time time) {
      return LocalTime.ofSecondOfDay(TimeUnit.MILLISECONDS.toSeconds(time.getTime())).toString();
    }
    if (value instanceof Date date) {
      return LocalDate.ofInstant(Instant.ofEpochMilli(date.getTime()), ZoneOffset.UTC).toString();
    }
    return value instanceof Timestamp timestamp
        ? TIMESTAMP.format(timestamp.toInstant().atZone(ZoneOffset.UTC))
        : value.toString();
  }
}
