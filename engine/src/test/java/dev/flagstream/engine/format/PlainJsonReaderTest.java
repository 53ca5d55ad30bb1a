package dev.flagstream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
          column("UNUSED_TEXT", SqlType.STRING),
          column("UNUSED_PRICE", new SqlType.Decimal(4, 2)));

  /** The last two columns are in the topic, but nobody asks for them. */
  private static final ColumnLayout LAYOUT =
      new ColumnLayout(COLUMNS, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, -1, -1), 9);

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
        "{\"id\":\"1234567\",\"at\":1} trailing"
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
        "{\"amount\":1e3}",
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
        "{\"tags\":[\"a\"]}",
        "{\"unused_price\":123.45}",
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

  private static String randomObject(Random random) {
    List<String> fields = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      String name = COLUMNS.get(random.nextInt(COLUMNS.size())).name();
      fields.add(
          "\"%s\"%s%s"
              .formatted(
                  random.nextBoolean() ? name : name.toLowerCase(Locale.ROOT),
                  random.nextInt(8) == 0 ? " : " : ":",
                  randomValue(random)));
    }
    return "{" + String.join(random.nextInt(8) == 0 ? " , " : ",", fields) + "}";
  }

  private static String randomValue(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> String.valueOf(random.nextInt(2_000) - 1_000);
      case 3 -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case 4 -> "%d.%02d".formatted(random.nextInt(10_000), random.nextInt(100));
      case 5 -> String.valueOf(random.nextDouble() * 1_000);
      case 6 -> "\"" + random.nextInt() + "\"";
      default -> "\"" + "abcdefghijklmnopqrstuvwxyz".substring(random.nextInt(26)) + "\"";
    };
  }
}
