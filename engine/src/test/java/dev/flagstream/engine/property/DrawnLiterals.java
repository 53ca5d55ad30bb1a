package dev.flagstream.engine.property;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.stream.Collectors;

/** Writes constants of a type in SQL, the odd ones more often than life does. */
final class DrawnLiterals {

  private static final List<String> TEXTS =
      List.of(
          "a",
          "",
          "7",
          "b,c",
          "it's",
          "ÄÖ 😀",
          "-1.5e3",
          "true",
          "{\"a\": [1, {\"b\": null}]}",
          "[1, \"x\", null]",
          "2026-01-02",
          "2026-01-02T03:04:05.678",
          "10:11:12",
          "yyyy-MM-dd",
          "HH:mm:ss",
          "$.a[1].b",
          "(a+)+b",
          "[",
          "%a_",
          "hex",
          "utf8",
          "UTC",
          "http://user@example.com:81/p?q=a%20b#f",
          "NaN",
          "\u0000\n\t\"");

  private DrawnLiterals() {}

  static String of(Choices choices, SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> choices.of("TRUE", "FALSE");
      case INTEGER -> choices.of("1", "0", "2", "-3", "100", "2147483647", "-2147483648");
      case BIGINT ->
          choices.of(
              "CAST(1 AS BIGINT)", "3000000000", "9223372036854775807", "-9223372036854775808");
      case DOUBLE ->
          choices.of("1.5E0", "0E0", "-2.25E0", "1E308", "4.9E-324", "CAST('NaN' AS DOUBLE)");
      case DECIMAL -> decimal(choices, (SqlType.Decimal) type);
      case STRING -> text(choices);
      case BYTES -> "TO_BYTES(" + choices.of("'61'", "''", "'00ff'", "'6'") + ", 'hex')";
      case DATE ->
          "CAST(" + choices.of("'2026-01-02'", "'1970-01-01'", "'0001-02-29'") + " AS DATE)";
      case TIME -> "CAST(" + choices.of("'10:11:12'", "'00:00'", "'23:59:59.999'") + " AS TIME)";
      case TIMESTAMP ->
          "CAST("
              + choices.of("'2026-01-02T03:04:05'", "'1969-12-31T23:59:59.999'", "'9999-12-31'")
              + " AS TIMESTAMP)";
      case ARRAY -> {
        SqlType element = ((SqlType.Array) type).element();
        yield Choices.times(choices.between(1, 3), () -> of(choices, element)).stream()
            .collect(Collectors.joining(", ", "ARRAY[", "]"));
      }
      case MAP -> {
        SqlType.Map map = (SqlType.Map) type;
        yield "MAP(" + of(choices, map.key()) + " := " + of(choices, map.value()) + ")";
      }
      case STRUCT ->
          ((SqlType.Struct) type)
              .fields().stream()
                  .map(field -> "`" + field.name() + "` := " + of(choices, field.type()))
                  .collect(Collectors.joining(", ", "STRUCT(", ")"));
    };
  }

  static String text(Choices choices) {
    return "'" + choices.of(TEXTS).replace("'", "''") + "'";
  }

  private static String decimal(Choices choices, SqlType.Decimal type) {
    int whole = type.precision() - type.scale();
    String largest = "9".repeat(Math.max(1, whole)) + ".0";
    return "CAST("
        + choices.of("1.5", "0.0", "-0.01", largest, "'12345678901234567890.5'")
        + " AS "
        + type
        + ")";
  }
}
