package dev.flagstream.generator.replay.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangeTest {

  @Test
  void writesAStatementWithQuotedNamesWhereTheyAreNeeded() {
    StreamDefinition stream =
        new StreamDefinition(
            "s",
            "the 'topic'",
            Optional.of(new StreamColumn("from", ColumnType.INTEGER)),
            List.of(
                new StreamColumn("Time", ColumnType.TIMESTAMP),
                new StreamColumn("odd name", ColumnType.VARCHAR),
                new StreamColumn("a`b", ColumnType.decimal(18, 2)),
                new StreamColumn("1st", ColumnType.DOUBLE)),
            Optional.of("Time"));

    assertThat(stream.createStatement())
        .isEqualTo(
            """
            CREATE STREAM s (
              `from` INTEGER KEY,
              Time TIMESTAMP,
              `odd name` VARCHAR,
              `a``b` DECIMAL(18, 2),
              `1st` DOUBLE
            ) WITH (
              KAFKA_TOPIC  = 'the ''topic''',
              KEY_FORMAT   = 'KAFKA',
              VALUE_FORMAT = 'JSON',
              TIMESTAMP    = 'Time'
            );""");
  }

  @Test
  void addsNewColumnsAtTheEndAndKeepsThoseThatAFileLacks() {
    SchemaChange change =
        SchemaChange.of(
            stream("a INTEGER", "b VARCHAR"),
            "one.csv",
            stream("c DOUBLE", "A INTEGER"),
            "two.csv",
            Set.of());

    assertThat(change.added()).containsExactly("c");
    assertThat(change.missing()).containsExactly("b");
    assertThat(change.result().replaceStatement())
        .startsWith("CREATE OR REPLACE STREAM s (\n  a INTEGER,\n  b VARCHAR,\n  c DOUBLE\n)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT | INTEGER",
        "DOUBLE | BIGINT",
        "DOUBLE | DECIMAL(18, 2)",
        "VARCHAR | TIMESTAMP",
        "VARCHAR | DOUBLE",
        "DECIMAL(18, 2) | INTEGER",
        "DECIMAL(18, 3) | DECIMAL(17, 2)"
      })
  void takesAColumnWhoseValuesFitTheStreamsType(String inStream, String inFile) {
    SchemaChange change =
        SchemaChange.of(
            stream("a " + inStream), "one.csv", stream("a " + inFile), "two.csv", Set.of());

    assertThat(change.added()).isEmpty();
    assertThat(change.result().columns().get(0).type()).isEqualTo(ColumnType.parse(inStream));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTEGER | BIGINT",
        "INTEGER | DOUBLE",
        "DOUBLE | VARCHAR",
        "BOOLEAN | INTEGER",
        "TIMESTAMP | VARCHAR",
        "DECIMAL(18, 2) | DECIMAL(18, 3)",
        "DECIMAL(18, 2) | BIGINT",
        "DECIMAL(18, 2) | DOUBLE"
      })
  void refusesAColumnThatChangesItsTypeAndSaysWhere(String inStream, String inFile) {
    assertThatThrownBy(
            () ->
                SchemaChange.of(
                    stream("a " + inStream), "one.csv", stream("a " + inFile), "two.csv", Set.of()))
        .isInstanceOf(SchemaConflictException.class)
        .hasMessageStartingWith(
            "column a is " + inFile + " in two.csv, but " + inStream + " in one.csv: a stream's");
  }

  @Test
  void takesAnEmptyColumnWhateverItsTypeInTheStream() {
    SchemaChange change =
        SchemaChange.of(stream("a DOUBLE"), "one.csv", stream("a VARCHAR"), "two.csv", Set.of("a"));

    assertThat(change.result().columns().get(0).type()).isEqualTo(ColumnType.DOUBLE);
  }

  @Test
  void refusesAnotherKey() {
    StreamDefinition keyed =
        new StreamDefinition(
            "s",
            "t",
            Optional.of(new StreamColumn("k", ColumnType.INTEGER)),
            List.of(new StreamColumn("a", ColumnType.INTEGER)),
            Optional.empty());

    assertThatThrownBy(
            () -> SchemaChange.of(keyed, "one.csv", stream("a INTEGER"), "two.csv", Set.of()))
        .isInstanceOf(SchemaConflictException.class)
        .hasMessageStartingWith("the key is no column in two.csv, but k INTEGER in one.csv");
    assertThat(SchemaChange.of(keyed, "one.csv", keyed, "two.csv", Set.of()).added()).isEmpty();
  }

  private static StreamDefinition stream(String... columns) {
    return new StreamDefinition(
        "s",
        "t",
        Optional.empty(),
        Arrays.stream(columns)
            .map(column -> column.split(" ", 2))
            .map(parts -> new StreamColumn(parts[0], ColumnType.parse(parts[1])))
            .toList(),
        Optional.empty());
  }
}
