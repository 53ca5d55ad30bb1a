package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.OfflineRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two ways to the same rows give the same rows. */
@Seeded
class EqualQueriesPropertiesTest {

  private static final String COPY = "COPY_OF_";

  @Provide
  Arbitrary<Script> scripts() {
    return Drawn.by(600, Script::draw);
  }

  @Provide
  Arbitrary<Script> scriptsOfOneSource() {
    return Drawn.by(600, Script::ofOneSource);
  }

  @Provide
  Arbitrary<Script> streams() {
    return Drawn.by(600, Script::ofStream);
  }

  @Property(tries = 150)
  void aQueryOverCopiesOfItsSourcesGivesTheSameRows(@ForAll("scripts") Script script) {
    same(script, overCopies(script), "RESULT");
  }

  static List<String> overCopies(Script script) {
    List<String> statements = new ArrayList<>(script.declarations());
    for (DrawnSource source : script.sources()) {
      statements.add(DrawnQuery.copy(source.kind(), COPY + source.name(), source.name()).sql());
    }
    statements.add(script.query().reading(COPY::concat).sql());
    return statements;
  }

  @Property(tries = 100)
  void aQueryMayFilterInAStreamBeforeIt(@ForAll("streams") Script script) {
    same(script, filteredBefore(script), "RESULT");
  }

  static List<String> filteredBefore(Script script) {
    DrawnQuery query = script.query();
    String source = script.sources().get(0).name();
    List<String> statements = new ArrayList<>(script.declarations());
    statements.add(
        DrawnQuery.copy(SourceKind.STREAM, "FILTERED", source)
            .with(DrawnQuery.copy(SourceKind.STREAM, "FILTERED", source).from(), query.where())
            .sql());
    statements.add(query.reading(name -> "FILTERED").withoutWhere().sql());
    return statements;
  }

  /** Table functions and the other columns may be computed in a stream before the new keys. */
  @Property(tries = 100)
  void aQueryMayPartitionAfterwards(@ForAll("repartitioned") Script script) {
    Assume.that(keepsEveryRow(script) && fitsItsTypes(script));
    same(script, partitionedAfterwards(script), "RESULT");
  }

  @Provide
  Arbitrary<Script> repartitioned() {
    return streams()
        .filter(script -> script.query().partitionBy().isPresent())
        // A record without a value still has what its old key and constants give.
        .map(Script::withoutDeletions);
  }

  static List<String> partitionedAfterwards(Script script) {
    DrawnQuery query = script.query();
    List<String> statements = new ArrayList<>(script.declarations());
    List<String> old = new ArrayList<>();
    script
        .sources()
        .get(0)
        .key()
        .forEach(key -> old.add("`" + key.name() + "` AS OLD_" + key.name()));
    old.addAll(query.select().stream().map(EqualQueriesPropertiesTest::notOfTheKey).toList());
    statements.add(query.selecting("COMPUTED", old).withoutPartitionBy().sql());
    List<String> names =
        query.select().stream().map(item -> item.substring(item.lastIndexOf(" AS ") + 4)).toList();
    statements.add(
        DrawnQuery.copy(SourceKind.STREAM, query.name(), "COMPUTED")
            .selecting(query.name(), names)
            .partitionedBy(names.stream().filter(name -> name.startsWith("PK")).toList())
            .sql());
    return statements;
  }

  /** A column of the key stands in a SELECT once. */
  private static String notOfTheKey(String item) {
    int end = item.lastIndexOf(" AS ");
    return item.startsWith("`K") && end == 4
        ? "AS_VALUE(" + item.substring(0, end) + ")" + item.substring(end)
        : item;
  }

  @Property(tries = 100)
  void aCopyOfAResultIsTheResult(@ForAll("scripts") Script script) {
    Assume.that(!mayHaveGroupsOfNoKey(script));
    Assume.that(keepsEveryRow(script) && fitsItsTypes(script));
    same(script, copiedAgain(script), "AGAIN");
  }

  /**
   * ROUND may give a number of one digit more than its type has, as in ksqlDB; whoever reads it
   * refuses it.
   */
  private static boolean fitsItsTypes(Script script) {
    try (CheckedEngine engine = new CheckedEngine()) {
      if (!engine.accepts(script.statements())) {
        return true;
      }
      engine.send(script.records());
      Source result = engine.source("RESULT");
      return engine.engine().written(result.topic()).stream()
          .allMatch(record -> isReadable(result, record));
    }
  }

  private static boolean isReadable(Source source, OfflineRecord record) {
    try {
      if (source.window().isEmpty() && record.key() != null) {
        RowFormats.keyReader(source.keyFormat(), ColumnLayout.all(source.schema().key()))
            .read(record.key());
      }
      if (record.value() != null) {
        valueReader(source).read(record.value());
      }
      return true;
    } catch (RuntimeException e) {
      assertThat(e).hasStackTraceContaining("Cannot fit decimal");
      return false;
    }
  }

  static List<String> copiedAgain(Script script) {
    List<String> statements = new ArrayList<>(script.statements());
    statements.add(DrawnQuery.copy(script.query().kind(), "AGAIN", "RESULT").sql());
    return statements;
  }

  /** What other statements write to a sink is what the script writes, if both are accepted. */
  static void same(Script script, List<String> statements, String sink) {
    Optional<QueryOutcome> expected = outcome(script.statements(), script, "RESULT");
    Optional<QueryOutcome> actual = expected.flatMap(rows -> outcome(statements, script, sink));
    Assume.that(actual.isPresent());
    assertThat(actual.get().comparable())
        .as(String.join("\n", statements))
        .isEqualTo(expected.get().comparable());
  }

  private static Optional<QueryOutcome> outcome(
      List<String> statements, Script script, String sink) {
    try (CheckedEngine engine = new CheckedEngine()) {
      if (!engine.accepts(statements)) {
        return Optional.empty();
      }
      engine.send(script.records());
      return Optional.of(engine.written(sink));
    }
  }

  @Property(tries = 150)
  void aQueryThatComesAfterTheRecordsGivesTheSameRows(@ForAll("scriptsOfOneSource") Script script) {
    sameAfterwards(script);
  }

  static void sameAfterwards(Script script) {
    Optional<QueryOutcome> expected = outcome(script.statements(), script, "RESULT");
    Assume.that(expected.isPresent());
    try (CheckedEngine engine = new CheckedEngine()) {
      assertThat(engine.accepts(script.declarations())).isTrue();
      engine.send(script.records());
      engine.accepts("SET 'auto.offset.reset' = 'earliest';");
      assertThat(engine.accepts(script.query().sql())).isTrue();
      assertThat(engine.written("RESULT").written()).isEqualTo(expected.get().written());
    }
  }

  @Property(tries = 100)
  void aSelectGivesTheRowsThatTheSameQueryWrites(@ForAll("scripts") Script script) {
    sameAsPushed(script);
  }

  static void sameAsPushed(Script script) {
    Assume.that(!mayHaveGroupsOfNoKey(script));
    Assume.that(keepsEveryRow(script) && fitsItsTypes(script));
    try (CheckedEngine engine = new CheckedEngine()) {
      Assume.that(engine.accepts(script.statements()));
      Optional<OfflineRows> pushed = engine.select(script.query().selectSql() + ";");
      Optional<OfflineRows> read = engine.select("SELECT * FROM RESULT EMIT CHANGES;");
      Assume.that(pushed.isPresent() && read.isPresent());
      engine.send(script.records());
      assertThat(texts(pushed.get())).isEqualTo(texts(read.get()));
    }
  }

  /** A DELIMITED row of one column that is NULL or empty is no row for who reads it. */
  private static boolean keepsEveryRow(Script script) {
    return script.query().properties().equals(DrawnQuery.JSON);
  }

  @Property(tries = 150)
  void aLookAtATableGivesTheLastRowOfEachKey(@ForAll("scripts") Script script) {
    pulledIsLastPushed(script);
  }

  static void pulledIsLastPushed(Script script) {
    Assume.that(!mayHaveGroupsOfNoKey(script));
    // What comes out when its window closes can be looked at before.
    Assume.that(script.query().kind() == SourceKind.TABLE && !script.query().finalOnly());
    Assume.that(keepsEveryRow(script) && fitsItsTypes(script));
    try (CheckedEngine engine = new CheckedEngine()) {
      Assume.that(engine.accepts(script.statements()));
      engine.send(script.records());
      Optional<OfflineRows> pulled = engine.select("SELECT * FROM RESULT;");
      Assume.that(pulled.isPresent());
      List<String> pulledValues = values(pulled.get(), engine.source("RESULT"));
      List<String> lastValues = lastValues(engine);
      if (script.query().window().isEmpty()) {
        assertThat(pulledValues).containsExactlyInAnyOrderElementsOf(lastValues);
      } else {
        // Old windows are forgotten.
        pulledValues.forEach(value -> assertThat(lastValues.remove(value)).as(value).isTrue());
      }
    }
  }

  /** An empty key that DELIMITED wrote is a group of NULL, which JSON writes as no key. */
  private static boolean mayHaveGroupsOfNoKey(Script script) {
    return script.query().groupBy().isPresent()
        && script.sources().get(0).keyFormat() == Format.Kind.DELIMITED;
  }

  /** The value columns of the last record of each key, unless that is a deletion. */
  private static List<String> lastValues(CheckedEngine engine) {
    Source result = engine.source("RESULT");
    Map<String, byte[]> last = new LinkedHashMap<>();
    for (OfflineRecord record : engine.engine().written(result.topic())) {
      last.put(QueryOutcome.text(record.key()), record.value());
    }
    RowReader reader = valueReader(result);
    return last.values().stream()
        .filter(Objects::nonNull)
        .map(reader::read)
        .map(SameRows::text)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static RowReader valueReader(Source source) {
    return RowFormats.valueReader(source.valueFormat(), ColumnLayout.all(source.schema().value()));
  }

  private static List<String> values(OfflineRows rows, Source source) {
    int count = source.schema().value().size();
    return rows.rows().stream()
        .map(row -> SameRows.text(Arrays.copyOfRange(row, row.length - count, row.length)))
        .toList();
  }

  /** The rows without the bounds of windows, and how often each comes. */
  private static Map<String, Integer> texts(OfflineRows rows) {
    Map<String, Integer> counts = new HashMap<>();
    for (Object[] row : rows.rows()) {
      Object[] kept =
          IntStream.range(0, row.length)
              .filter(i -> !rows.columns().get(i).name().startsWith("WINDOW"))
              .mapToObj(i -> row[i])
              .toArray();
      counts.merge(SameRows.text(kept), 1, Integer::sum);
    }
    return counts;
  }
}
