package dev.flagstream.engine.property;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.math.BigDecimal;
import java.util.List;

/** Draws values of columns as records of format JSON carry them, missing and extreme ones too. */
final class DrawnJson {

  private static final JsonNodeFactory NODES = RecordJson.MAPPER.getNodeFactory();
  private static final List<String> TEXTS =
      List.of("a", "b", "", "7", "it's", "ÄÖ 😀", "x,y", "null", "{\"a\":1}", "2026-01-02", "\"\n");

  private DrawnJson() {}

  /** The columns' values, of which any may be missing. */
  static ObjectNode row(Choices choices, List<Column> columns) {
    ObjectNode row = NODES.objectNode();
    for (Column column : columns) {
      if (!choices.onceIn(12)) {
        row.set(column.name(), of(choices, column.type()));
      }
    }
    return row;
  }

  static JsonNode of(Choices choices, SqlType type) {
    if (choices.onceIn(10)) {
      return NODES.nullNode();
    }
    return switch (type.base()) {
      case BOOLEAN -> NODES.booleanNode(choices.onceIn(2));
      case INTEGER ->
          NODES.numberNode(choices.of(1, 2, 0, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE));
      case BIGINT -> NODES.numberNode(choices.of(1L, 2L, 0L, -5L, Long.MAX_VALUE, Long.MIN_VALUE));
      case DOUBLE -> NODES.numberNode(choices.of(1.5, 0.0, -2.25, 1E300, Double.MIN_VALUE));
      case DECIMAL -> decimal(choices, (SqlType.Decimal) type);
      case STRING -> NODES.textNode(choices.of(TEXTS));
      case BYTES -> NODES.textNode(choices.of("YQ==", "", "AP//"));
      case DATE -> NODES.numberNode(choices.of(20_000, 0, -1, 2_932_896));
      case TIME -> NODES.numberNode(choices.of(36_000_000, 0, 86_399_999));
      case TIMESTAMP -> NODES.numberNode(choices.of(1_767_312_000_000L, 0L, -1L));
      case ARRAY -> {
        SqlType element = ((SqlType.Array) type).element();
        ArrayNode array = NODES.arrayNode();
        Choices.times(choices.between(0, 3), () -> of(choices, element)).forEach(array::add);
        yield array;
      }
      case MAP -> {
        ObjectNode map = NODES.objectNode();
        int count = choices.between(0, 2);
        for (int i = 0; i < count; i++) {
          map.set(choices.of("k", "a", ""), of(choices, ((SqlType.Map) type).value()));
        }
        yield map;
      }
      case STRUCT -> {
        ObjectNode struct = NODES.objectNode();
        ((SqlType.Struct) type)
            .fields()
            .forEach(field -> struct.set(field.name(), of(choices, field.type())));
        yield struct;
      }
    };
  }

  private static JsonNode decimal(Choices choices, SqlType.Decimal type) {
    BigDecimal smallest = BigDecimal.ONE.scaleByPowerOfTen(-type.scale());
    BigDecimal largest =
        BigDecimal.ONE.scaleByPowerOfTen(type.precision() - type.scale()).subtract(smallest);
    return NODES.numberNode(choices.of(BigDecimal.ONE, smallest, largest, largest.negate()));
  }
}
