package dev.flagstream.ksql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first rule of the flow: each record that has a value is either scored or rejected, never both
 * and never neither, however it is damaged. This holds REJECTION_REASON, which reads bytes, to what
 * the typed stream and IS_SCORABLE accept.
 */
class ConservationTest {

  private static final long SEED = 20_261_120;
  private static final int DAMAGED_RECORDS = 4_000;
  private static final int REPEATED_ONE_IN = 4;
  private static final long MADE_AT = 1_767_225_600_000L;
  private static final String INPUT = "credit_card_transactions";
  private static final List<String> SCRIPTS =
      List.of(
          "01-transactions.sql",
          "02-rejected-transactions.sql",
          "03-valid-transactions.sql",
          "04-card-features.sql",
          "05-merchant-events.sql",
          "06-merchant-features.sql",
          "07-scored-transactions.sql",
          "13-repeated-transactions.sql");
  private static final Map<String, String> SETTINGS =
      Map.of(
          "ksql.functions.card_token.key",
          "00".repeat(31) + "01",
          "ksql.functions._global_.model.dir",
          Path.of("scenarios", "models").toString());

  private static final String VALID =
      """
      {"transaction_id":"t1","card_number":"4111111111111111","customer_id":"C1","customer_age":42,\
      "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":123.45,"currency":"USD",\
      "merchant_id":"M1","merchant":"Alder","merchant_category":"travel","mcc":"4722","channel":"online",\
      "location":{"city":"Chicago","state":"IL","country":"US","lat":41.88,"lon":-87.63},\
      "location_risk_score":0.12,"timestamp":1767225600000}\
      """;

  /** What takes the place of a value: each type, edges of the numbers, and no JSON at all. */
  private static final List<String> REPLACEMENTS =
      List.of(
          "null",
          "true",
          "\"\"",
          "\"12.50\"",
          "\"abc\"",
          "\"NaN\"",
          "0",
          "-1",
          "1e2",
          "1e-9",
          "2147483648",
          "99999999.99",
          "100000000.00",
          "12.345",
          "9223372036854775808",
          "1e400",
          "1e99999999999",
          "[]",
          "[1]",
          "{}",
          "{\"CITY\":1}",
          "{\"city\":\"x\",\"City\":\"y\"}",
          "01",
          "+1",
          "\" 42\"",
          "\"4111111111111111\"",
          "\"\\u0034111111111111111\"",
          "tru",
          "'x'",
          "",
          "\"XXQ\"",
          "\"eur\"",
          "-90.5",
          "180.25",
          "\"181\"",
          // Ten minutes after the record's own time, a millisecond more, two hours.
          "1767226200000",
          "1767226200001",
          "1767232800000");

  /** What is near the longest text there may be, as a text and as what becomes one. */
  private static final List<String> LONG_TEXTS =
      List.of(
          "\"%s\"",
          "\"\\u0041\\u00e9%s\"",
          "{\"a\": \"%s\"}",
          "{\"a\":\"%s\",\"b\" : [150,-2, null,true]}",
          "[\"\\\"\\\\\\n\\u0001%s\", {} , []]");

  private static final int LONGEST_TEXT = 1_000;

  private static final List<String> FIELDS =
      List.of(
          "transaction_id",
          "card_number",
          "customer_id",
          "customer_age",
          "home_city",
          "home_lat",
          "home_lon",
          "amount",
          "currency",
          "merchant_id",
          "merchant",
          "channel",
          "location",
          "location_risk_score",
          "timestamp",
          "lat",
          "lon",
          "city");

  private static final Path UDF_JAR = Path.of("..", "udf", "target", "flagstream-udf.jar");

  @TempDir static Path extensions;

  private static FunctionCatalog functions;

  @BeforeAll
  static void loadTheUdfJar() throws IOException {
    Files.copy(UDF_JAR, extensions.resolve(UDF_JAR.getFileName()));
    functions = FunctionLoader.load(extensions);
  }

  @Test
  void eachRecordIsScoredOrRejectedHoweverItIsDamaged() throws IOException {
    Random random = new Random(SEED);
    List<String> notInOnePlace = new ArrayList<>();
    int scored = 0;
    int rejected = 0;
    try (OfflineEngine engine = new OfflineEngine(functions, SETTINGS, new SilentLog())) {
      for (String script : SCRIPTS) {
        engine.run(Files.readString(Path.of(script)));
      }
      for (int i = 0; i < DAMAGED_RECORDS; i++) {
        byte[] value = damaged(random);
        // Some are repetitions as well.
        if (i % REPEATED_ONE_IN != 0) {
          value = withId("t" + i, value);
        }
        engine.send(
            INPUT,
            new OfflineRecord(
                "4111111111111111".getBytes(StandardCharsets.UTF_8), value, MADE_AT, List.of()));
        int newlyScored = engine.written("scored_transactions").size() - scored;
        int newlyRejected = engine.written("rejected_transactions").size() - rejected;
        scored += newlyScored;
        rejected += newlyRejected;
        if (newlyScored + newlyRejected != 1) {
          notInOnePlace.add(
              newlyScored
                  + " x scored, "
                  + newlyRejected
                  + " x rejected: "
                  + new String(value, StandardCharsets.UTF_8));
        }
      }
    }
    assertThat(notInOnePlace).isEmpty();
    assertThat(scored).as("some damage leaves a record usable").isGreaterThan(500);
    assertThat(rejected).as("some does not").isGreaterThan(100);
  }

  private static byte[] damaged(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> withBytesChanged(random);
      case 1 -> VALID.substring(0, random.nextInt(VALID.length())).getBytes(StandardCharsets.UTF_8);
      case 2 -> withFieldAdded(random).getBytes(StandardCharsets.UTF_8);
      default -> withValueReplaced(random).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** Another id, where the damage left it; all other bytes stay what they are. */
  private static byte[] withId(String id, byte[] value) {
    return new String(value, StandardCharsets.ISO_8859_1)
        .replace("\"transaction_id\":\"t1\"", "\"transaction_id\":\"" + id + '"')
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] withBytesChanged(Random random) {
    byte[] bytes = VALID.getBytes(StandardCharsets.UTF_8);
    for (int change = 0; change <= random.nextInt(3); change++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** A second field of a known name, in some case, before or after the first. */
  private static String withFieldAdded(Random random) {
    String name = pick(FIELDS, random);
    String field =
        '"'
            + (random.nextBoolean() ? name.toUpperCase(Locale.ROOT) : name)
            + "\":"
            + pick(REPLACEMENTS, random);
    return random.nextBoolean()
        ? "{" + field + "," + VALID.substring(1)
        : VALID.substring(0, VALID.length() - 1) + "," + field + "}";
  }

  private static String withValueReplaced(Random random) {
    String name = pick(FIELDS, random);
    String value = "location".equals(name) ? "\\{[^}]*\\}" : "(\"[^\"]*\"|[-0-9.]+)";
    return VALID.replaceFirst(
        "\"" + name + "\":" + value,
        Matcher.quoteReplacement("\"" + name + "\":" + replacement(random)));
  }

  private static String replacement(Random random) {
    if (random.nextInt(4) > 0) {
      return pick(REPLACEMENTS, random);
    }
    int length = LONGEST_TEXT - 40 + random.nextInt(60);
    return pick(LONG_TEXTS, random).formatted("x".repeat(length));
  }

  private static String pick(List<String> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** What is skipped is found by counting, not by reading the log. */
  private static final class SilentLog implements ProcessingLog {
    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {}

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {}
  }
}
