package dev.flagstream.generator.replay.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.replay.csv.CsvDialect;
import dev.flagstream.generator.replay.csv.CsvFormatException;
import dev.flagstream.generator.replay.csv.CsvRows;
import dev.flagstream.generator.replay.csv.RejectedRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSchemaTest {

  @TempDir private Path folder;

  /** Values are separated by blanks, and a dash stands for an empty field. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n           | 0 1 -17                              | INTEGER",
        "n           | 2147483647 -2147483648               | INTEGER",
        "n           | 2147483648                           | BIGINT",
        "time        | 1522540831000                        | BIGINT",
        "n           | 1 - 2                                | INTEGER",
        "n           | - -                                  | VARCHAR",
        "V1          | -1.3598071336738 0 2.5               | DOUBLE",
        "Time        | 0 1 1e+05                            | DOUBLE",
        "n           | .5 +3 5.                             | DOUBLE",
        "n           | -0 1                                 | DOUBLE",
        "ratio       | 0.10 0.25                            | DOUBLE",
        "amount      | 149.62 0 2.6                         | DECIMAL(18, 2)",
        "Amount      | 7 8                                  | DECIMAL(18, 2)",
        "TX_AMOUNT   | 57.16 146.0                          | DECIMAL(18, 2)",
        "newbalanceOrig | 160296.36                         | DECIMAL(18, 2)",
        "unitPrice   | 0.125                                | DECIMAL(18, 3)",
        "price       | 12345678901234567.25                 | DECIMAL(19, 2)",
        "amount      | 220.20000000000002 1.5               | DOUBLE",
        "amount      | 1e3 2.50                             | DOUBLE",
        "feedback    | 1.5 2.5                              | DOUBLE",
        "zip         | 02134 10001                          | VARCHAR",
        "zip         | 10001 02134                          | VARCHAR",
        "cc_num      | 4242424242424242                     | VARCHAR",
        "whatever    | 4242424242424242 5                   | VARCHAR",
        "cc_num      | 60416207185 501802953619             | VARCHAR",
        "cardNumber  | 501802953619                         | VARCHAR",
        "n           | 501802953619                         | BIGINT",
        "n           | 99999999999999999999                 | VARCHAR",
        "b           | true FALSE True                      | BOOLEAN",
        "b           | true 1                               | VARCHAR",
        "b           | 0 1                                  | INTEGER",
        "at          | 2018-04-01T00:00:31 2018-04-01T00:00 | TIMESTAMP",
        "at          | 2018-04-01T00:00:31.123456Z          | VARCHAR",
        "day         | 2018-04-01                           | VARCHAR",
        "n           | 1 x                                  | VARCHAR",
        "n           | NaN 1.5                              | VARCHAR",
        "n           | 1.5.2                                | VARCHAR",
        "n           | 1e                                   | VARCHAR",
        "n           | - . e5                               | VARCHAR"
      })
  void infersTypesFromNamesAndValues(String name, String values, String type) throws IOException {
    StringBuilder csv = new StringBuilder("other," + name + "\n");
    for (String value : values.split(" ", -1)) {
      csv.append("x,").append(value.equals("-") ? "" : value).append('\n');
    }

    assertThat(typesOf(csv.toString(), Map.of(), Set.of())).containsEntry(name, type);
  }

  @Test
  void forgivesOneSlipInAThousandValuesButNotTwo() throws IOException {
    String numbers = "x,1.5\n".repeat(1_000);

    assertThat(typesOf("other,n\n" + numbers + "x,oops\n", Map.of(), Set.of()))
        .containsEntry("n", "DOUBLE");
    assertThat(typesOf("other,n\n" + numbers + "x,oops\nx,again\n", Map.of(), Set.of()))
        .containsEntry("n", "VARCHAR");
  }

  @Test
  void neverForgivesALeadingZero() throws IOException {
    assertThat(typesOf("other,n\n" + "x,1\n".repeat(5_000) + "x,007\n", Map.of(), Set.of()))
        .containsEntry("n", "VARCHAR");
  }

  @Test
  void takesGivenTypesAndNullTexts() throws IOException {
    String csv = "a,b\n1,NA\n2,5\n";

    assertThat(typesOf(csv, Map.of("A", ColumnType.VARCHAR), Set.of("NA")))
        .containsEntry("a", "VARCHAR")
        .containsEntry("b", "INTEGER");
  }

  @Test
  void renamesColumnsThatTheServerAddsItself() throws IOException {
    assertThat(typesOf("rowtime,a\n1,2\n", Map.of(), Set.of())).containsKey("csv_rowtime");
  }

  @Test
  void refusesTwoColumnsThatWouldHaveOneName() {
    assertThatThrownBy(() -> typesOf("rowtime,CSV_ROWTIME\n1,2\n", Map.of(), Set.of()))
        .isInstanceOf(CsvFormatException.class)
        .hasMessageContaining("rowtime")
        .hasMessageContaining("CSV_ROWTIME");
  }

  private Map<String, String> typesOf(
      String csv, Map<String, ColumnType> given, Set<String> nullTexts) throws IOException {
    Path file = Files.writeString(folder.resolve("file.csv"), csv);
    try (CsvRows rows = CsvRows.open(file, CsvDialect.DEFAULT, RejectedRows.IGNORED)) {
      return FileSchema.infer(rows, given, nullTexts, FileSchema.ALL_ROWS, () -> false)
          .columns()
          .stream()
          .collect(Collectors.toMap(StreamColumn::name, column -> column.type().sql()));
    }
  }
}
