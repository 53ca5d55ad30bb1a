package dev.flagstream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Index.atIndex;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlainJsonReaderTest {

  private static final SqlType PLACE =
      new SqlType.Struct(
          List.of(
              new SqlType.Field("CITY", SqlType.STRING),
              new SqlType.Field("lat", SqlType.DOUBLE),
              new SqlType.Field("PRICE", new SqlType.Decimal(6, 2)),
              new SqlType.Field(
                  "AT",
                  new SqlType.Struct(
                      List.of(
                          new SqlType.Field("HOUR", SqlType.INTEGER),
                          new SqlType.Field("TAGS", new SqlType.Array(SqlType.STRING)))))));

  private static final List<Column> COLUMNS =
      List.of(
          column("ID", SqlType.STRING),
          column("AMOUNT", SqlType.DOUBLE),
          column("PRICE", new SqlType.Decimal(6, 2)),
          column("COUNT", SqlType.INTEGER),
          column("AT", SqlType.BIGINT),
          column("ONLINE", SqlType.BOOLEAN),
          column("DAY", SqlType.DATE),
          column("TS", SqlType.TIMESTAMP),
          column("TAGS", new SqlType.Array(SqlType.STRING)),
          column("PLACE", PLACE),
          column("VISITS", new SqlType.Array(PLACE)),
          column("NUMBERS", new SqlType.Map(SqlType.STRING, SqlType.INTEGER)),
          column("DATA", SqlType.BYTES),
          column("UNUSED_TEXT", SqlType.STRING),
          column("UNUSED_PRICE", new SqlType.Decimal(4, 2)),
          column("UNUSED_PLACE", PLACE),
          column("UNUSED_TAGS", new SqlType.Array(SqlType.STRING)),
          column("UNUSED_DATA", SqlType.BYTES));

  /** The last five columns are in the topic, but nobody asks for them. */
  private static final ColumnLayout LAYOUT =
      new ColumnLayout(
          COLUMNS, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, -1, -1, -1, -1), 13);

  private final JsonRowReader general = new JsonRowReader(LAYOUT);
  private final PlainJsonReader plain = new PlainJsonReader(LAYOUT);

  private static Column column(String name, SqlType type) {
    return Column.value(name, type);
  }

  private Object[] readPlain(String json) {
    Object[] row = new Object[LAYOUT.width()];
    return plain.read(bytes(json), row) ? row : null;
  }

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"id\":\"t-1\",\"amount\":12.5,\"price\":1.2,\"count\":-7,\"at\":1763632800000}",
        "{\"ID\" : \"\" , \"amount\" : 0 ,\n\t\"amount2\" : 1 }",
        "{\"online\":true,\"day\":20412,\"ts\":1763632800000}",
        "{\"online\":false,\"tags\":null,\"id\":null,\"amount\":null}",
        "{\"unused_text\":5,\"unused_price\":12.34,\"other\":\"x\",\"more\":1.5,\"yes\":true}",
        "{\"amount\":999999999999.25,\"at\":-999999999999999999}",
        "{\"id\":\"12345678\"}",
        "{\"id\":\"1234567\",\"at\":1} trailing",
        "{\"amount\":33.333333333333336}",
        "{\"amount\":0.30000000000000004,\"id\":\"x\"}",
        "{\"amount\":5.0E-4}",
        "{\"amount\":-1.7976931348623157e+308,\"at\":1}",
        "{\"amount\":1e3}",
        "{\"amount\":1E999}",
        "{\"amount\":-0.0}",
        "{\"amount\":900719925474099.3}",
        "{\"amount\":90071992547409.93}",
        "{\"tags\":[\"a\"]}",
        "{\"tags\":[ ] , \"id\":\"t\"}",
        "{\"tags\":[ \"a\" , null,\"b\" ],\"id\":\"t\"}",
        "{\"data\":\"\",\"at\":1}",
        "{\"data\":\"AA==\",\"at\":1}",
        "{\"data\":\"+/9zYW1wbGU=\",\"unused_data\":\"AAEC\",\"at\":1}",
        "{\"data\":\"AR==\",\"at\":1}",
        "{\"place\":{}}",
        "{\"place\":null,\"visits\":null,\"numbers\":null,\"unused_place\":null}",
        "{\"place\":{\"city\":\"Bonn\",\"lat\":50.73,\"price\":1.5,\"at\":{\"hour\":3}},\"id\":\"t\"}",
        "{\"place\": { \"AT\" : {\"tags\":[\"a\"],\"more\":1} , \"lat\":1.5E-7 } , \"id\":\"t\"}",
        "{\"visits\":[{\"city\":\"A\"},null,{\"city\":\"B\",\"at\":{\"tags\":[]}}],\"at\":1}",
        "{\"unused_place\":{\"city\":\"A\",\"lat\":1e400},\"unused_tags\":[\"a\",5],\"at\":1}"
      })
  void what_is_plain_is_read_as_the_general_parser_reads_it(String json) {
    assertThat(readPlain(json)).isEqualTo(general.readAny(bytes(json))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{",
        "{\"id\"}",
        "{\"id\":}",
        "{\"id\":\"t\"",
        "{\"id\":\"t\",}",
        "{\"id\":\"a\\\"b\"}",
        "{\"id\":\"Zürich\"}",
        "{\"\\u0069d\":\"t\"}",
        "{\"id\":\"tab\there\"}",
        "{\"id\":5}",
        "{\"id\":\"a\",\"ID\":\"b\"}",
        "{\"amount\":\"12.5\"}",
        "{\"amount\":1e1000}",
        "{\"amount\":1e}",
        "{\"amount\":1e+}",
        "{\"amount\":01e3}",
        "{\"amount\":1.e3}",
        "{\"amount\":123456789012345678901234567890.123}",
        "{\"amount\":1234567890123456789}",
        "{\"price\":1e2}",
        "{\"amount\":01}",
        "{\"amount\":1.}",
        "{\"amount\":.5}",
        "{\"amount\":-}",
        "{\"amount\":-0}",
        "{\"amount\":9007199254740993}",
        "{\"amount\":NaN}",
        "{\"price\":1.234}",
        "{\"price\":12345.67}",
        "{\"count\":1.0}",
        "{\"at\":1234567890123456789}",
        "{\"online\":1}",
        "{\"online\":tru}",
        "{\"tags\":[\"a\"}",
        "{\"tags\":[\"a\",]}",
        "{\"tags\":[\"a\" \"b\"]}",
        "{\"tags\":[5]}",
        "{\"tags\":[",
        "{\"tags\":{}}",
        "{\"id\":{}}",
        "{\"id\":[]}",
        "{\"place\":[]}",
        "{\"place\":\"Bonn\"}",
        "{\"place\":{\"city\":\"Bonn\"",
        "{\"place\":{\"city\":\"Bonn\",\"CITY\":\"Ulm\"}}",
        "{\"place\":{\"city\":\"Köln\"}}",
        "{\"place\":{\"price\":1.234}}",
        "{\"place\":{\"more\":{}}}",
        "{\"numbers\":{\"a\":1}}",
        "{\"unused_place\":{\"price\":1.234}}",
        "{\"unused_tags\":[{}]}",
        "{\"unused_price\":123.45}",
        "{\"data\":\"AA\"}",
        "{\"data\":\"A===\"}",
        "{\"data\":\"AA=A\"}",
        "{\"data\":\"AA A\"}",
        "{\"data\":\"AA-_\"}",
        "{\"unused_data\":\"no base64\"}",
        "{\"data\":5}",
        "{\"unused_text\":\"é\"}",
        "{\"other\":{}}"
      })
  void what_is_not_plain_is_left_to_the_general_parser(String json) {
    assertThat(readPlain(json)).isNull();
  }

  @Test
  void text_of_any_length_ends_at_its_quote() {
    for (int length = 0; length < 40; length++) {
      String text = "x".repeat(length);
      assertThat(readPlain("{\"id\":\"" + text + "\"}")).isNotNull().startsWith(text);
      assertThat(readPlain("{\"id\":\"" + text + "\\\"\"}")).isNull();
      assertThat(readPlain("{\"id\":\"" + text)).isNull();
    }
  }

  @Test
  void fields_may_change_their_order_at_any_time() {
    assertThat(readPlain("{\"id\":\"a\",\"at\":1}")).startsWith("a").contains(1L);
    assertThat(readPlain("{\"at\":2,\"id\":\"b\"}")).startsWith("b").contains(2L);
    assertThat(readPlain("{\"at\":3}")).contains(3L);
    assertThat(readPlain("{\"id\":\"d\",\"at\":4}")).startsWith("d").contains(4L);
    for (int i = 0; i < 200; i++) {
      assertThat(readPlain("{\"new" + i + "\":0,\"at\":" + i + "}")).contains((long) i);
    }
  }

  @Test
  void objects_of_any_kind_and_damage_are_read_alike_or_not_at_all() {
    Random random = new Random(7);
    int plainOnes = 0;
    for (int i = 0; i < 200_000; i++) {
      byte[] json = bytes(randomObject(random));
      if (random.nextInt(3) == 0) {
        json[random.nextInt(json.length)] =
            (byte) "\"\\{}[],:.-0e9 tnf\0\u007fé".charAt(random.nextInt(20));
      }
      Object[] row = new Object[LAYOUT.width()];
      if (plain.read(json, row)) {
        plainOnes++;
        assertThat(row)
            .as(new String(json, StandardCharsets.UTF_8))
            .isEqualTo(general.readAny(json));
      }
    }
    assertThat(plainOnes).isBetween(20_000, 180_000);
  }

  /** What JSON readers and writers of doubles must agree on, whatever is in a feature. */
  @Test
  void every_double_is_read_as_it_was_written() {
    Random random = new Random(11);
    for (int i = 0; i < 200_000; i++) {
      double value =
          random.nextBoolean()
              ? Double.longBitsToDouble(random.nextLong())
              : random.nextInt(100_000) / (1.0 + random.nextInt(1_000));
      if (Double.isFinite(value)) {
        assertThat(readPlain("{\"amount\":" + value + "}"))
            .as(String.valueOf(value))
            .contains(value, atIndex(1));
      }
    }
  }

  private static String randomObject(Random random) {
    return randomObject(random, COLUMNS.stream().map(Column::name).toList());
  }

  private static String randomObject(Random random, List<String> names) {
    List<String> fields = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String name = names.get(random.nextInt(names.size()));
      fields.add(
          "\"%s\"%s%s"
              .formatted(
                  random.nextBoolean() ? name : name.toLowerCase(Locale.ROOT),
                  random.nextInt(8) == 0 ? " : " : ":",
                  randomValue(random)));
    }
    return "{" + String.join(random.nextInt(8) == 0 ? " , " : ",", fields) + "}";
  }

  private static String randomBase64(Random random) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String randomValue(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> String.valueOf(random.nextInt(2_000) - 1_000);
      case 3 -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case 4 -> "%d.%02d".formatted(random.nextInt(10_000), random.nextInt(100));
      case 5 -> String.valueOf(random.nextDouble() * 1_000);
      case 6 -> "\"" + random.nextInt() + "\"";
      case 7 -> String.valueOf(Double.longBitsToDouble(random.nextLong()));
      case 8, 9 -> randomObject(random, List.of("CITY", "lat", "PRICE", "AT", "HOUR", "TAGS"));
      case 10 -> "\"" + randomBase64(random) + "\"";
      case 11 ->
          "[" + randomValue(random) + (random.nextBoolean() ? "," + randomValue(random) : "") + "]";
      default -> "\"" + "abcdefghijklmnopqrstuvwxyz".substring(random.nextInt(26)) + "\"";
    };
  }
}
