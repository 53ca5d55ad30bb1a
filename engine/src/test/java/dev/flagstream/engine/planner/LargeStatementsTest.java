package dev.flagstream.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Short statements that would mean much: they are refused before they take time and memory. */
class LargeStatementsTest {

  private OfflineEngine engine;

  @BeforeEach
  void start() {
    engine = new OfflineEngine(FunctionLoader.builtIn(), Map.of(), new NoLog());
    engine.run(
        "CREATE STREAM s (k STRING KEY, i INT, t STRING)"
            + " WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON');");
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private static String repeated(int count, String separator, IntFunction<String> part) {
    return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(separator));
  }

  private void assertRefused(String script, String message) {
    assertThatThrownBy(() -> engine.run(script)).hasMessageContaining(message);
  }

  @Test
  void typesThatHoldEachOtherTwiceHaveTenThousandFieldsAtMost() {
    engine.run("CREATE TYPE a0 AS INT; CREATE TYPE b0 AS STRING; CREATE TYPE c0 AS INT;");

    assertRefused(
        repeated(40, "", i -> "CREATE TYPE a%d AS STRUCT<x a%d, y a%d>;".formatted(i + 1, i, i)),
        "A type has 10000 fields at most");
    assertRefused(
        repeated(40, "", i -> "CREATE TYPE b%d AS MAP<b%d, b%d>;".formatted(i + 1, i, i)),
        "A type has 10000 fields at most");
    engine.run("CREATE STREAM s0 AS SELECT k, i AS x FROM s;");
    assertRefused(
        repeated(
            40,
            "",
            i ->
                "CREATE STREAM s%d AS SELECT k, STRUCT(a := x, b := x) AS x FROM s%d;"
                    .formatted(i + 1, i)),
        "A type has 10000 fields at most");
  }

  @Test
  void aRowHasTenThousandColumnsAtMost() {
    assertRefused(
        "CREATE STREAM w ("
            + repeated(10_001, ", ", i -> "c" + i + " INT")
            + ")"
            + " WITH (KAFKA_TOPIC='w', VALUE_FORMAT='JSON');",
        "A row has 10000 columns at most, not 10001.");
  }

  @Test
  void aKeyHasAThousandExpressionsAtMost() {
    String keys = repeated(1_001, ", ", i -> "i + " + i);

    assertRefused(
        "CREATE TABLE g AS SELECT COUNT(*) AS n FROM s GROUP BY " + keys + ";",
        "GROUP BY takes 1000 expressions at most, not 1001.");
    assertRefused(
        "CREATE STREAM p AS SELECT t FROM s PARTITION BY " + keys + ";",
        "PARTITION BY takes 1000 expressions at most, not 1001.");
  }

  @Test
  void variablesMakeNoStatementLongerThanAMillionCharacters() {
    assertRefused(
        "DEFINE v0 = 'aaaaaaaaaa';"
            + repeated(40, "", i -> "DEFINE v%d = '${v%d}${v%d}';".formatted(i + 1, i, i)),
        "more than the 1000000 that one may have");
    assertRefused(
        "DEFINE long = '"
            + "x".repeat(1_000)
            + "';"
            + "CREATE STREAM v AS SELECT k, '"
            + "${long}".repeat(2_000)
            + "' AS x FROM s;",
        "more than the 1000000 that one may have");
  }

  @Test
  void referencesInReferencesAreLookedUpOnce() {
    engine.run("DEFINE a = 'b'; DEFINE b = 'c';");

    engine.run(
        "CREATE STREAM two AS SELECT k, '${${a}} ${unknown${a}} ${a' AS x FROM s;"
            + "CREATE STREAM open AS SELECT k, '"
            + "${".repeat(100_000)
            + "' AS x FROM s;"
            + "CREATE STREAM deep AS SELECT k, '"
            + "${".repeat(300)
            + "a"
            + "}".repeat(300)
            + "' AS x FROM s;");
    assertThat(
            engine.parse("SELECT '${${a}} ${unknown${a}} ${a' FROM s EMIT CHANGES;").get(0).text())
        .isEqualTo("SELECT 'c ${unknownb} ${a' FROM s EMIT CHANGES;");
  }

  private static final class NoLog implements ProcessingLog {
    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
      throw new AssertionError("no records are sent", error);
    }

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      throw new AssertionError("no records are sent: " + message);
    }
  }
}
