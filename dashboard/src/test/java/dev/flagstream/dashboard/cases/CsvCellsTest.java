package dev.flagstream.dashboard.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellsTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
  void letsNoTextBeAFormula(String text) {
    assertThat(CsvCells.cell(text)).isEqualTo("'" + text);
    assertThat(CsvCells.cell(List.of(text))).startsWith("'");
  }

  @Test
  void leavesNumbersAsTheyAreToTheLastDigit() {
    assertThat(CsvCells.cell(Decimal128.parse("-12.30"))).isEqualTo("-12.30");
    assertThat(CsvCells.cell(Decimal128.parse("1E+3"))).isEqualTo("1000");
    assertThat(CsvCells.cell(-0.1)).isEqualTo("-0.1");
    assertThat(CsvCells.cell(true)).isEqualTo("true");
  }

  @Test
  void writesTimesListsAndReasonsAsOneCell() {
    assertThat(CsvCells.cell(Date.from(Instant.parse("2026-01-02T12:00:00Z"))))
        .isEqualTo("2026-01-02T12:00:00Z");
    assertThat(CsvCells.cell(List.of("A", "B"))).isEqualTo("A B");
    assertThat(
            CsvCells.cell(List.of(new Document("feature", "night").append("contribution", 0.25))))
        .isEqualTo("night=0.25");
    assertThat(CsvCells.cell(null)).isEmpty();
  }
}
