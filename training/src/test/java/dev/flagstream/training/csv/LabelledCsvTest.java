package dev.flagstream.training.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCsvTest {

  @TempDir private Path directory;

  @Test
  void readsTheUlbLayout() throws IOException {
    LabelledCsv csv =
        read("\"Time\",\"V1\",\"Amount\",\"Class\"\n1,-0.5,3.25,\"1\"\n0,,1,\"0\"\n", null, null);

    assertThat(csv.table().features()).containsExactly("V1", "Amount");
    assertThat(csv.table().labels()).containsExactly(false, true);
    assertThat(csv.table().rows().get(0).features()).containsExactly(Double.NaN, 1.0);
    assertThat(csv.table().rows().get(1).timeMs()).isEqualTo(1_000);
    assertThat(csv.table().rows().get(1).amount()).isEqualTo(3.25);
  }

  @Test
  void textsAreLeftOutAndTold() throws IOException {
    LabelledCsv csv =
        read("trans,merchant,amt,is_fraud\n2018-07-25 13:45:00,shop,2,true\n", "is_fraud", "trans");

    assertThat(csv.leftOut()).containsExactly("merchant");
    assertThat(csv.table().features()).containsExactly("amt");
    assertThat(csv.table().rows().get(0).timeMs()).isEqualTo(1_532_526_300_000L);
  }

  @Test
  void cardNumbersAndRowNumbersAreNoFeatures() throws IOException {
    LabelledCsv csv =
        read(
            """
            ,cc_num,amt,balance,is_fraud
            0,4111111111111111,2,99999999999,1
            1,3.78282246310005E14,3,1.5,0
            """,
            "is_fraud",
            null);

    assertThat(csv.identifying()).containsExactly("column_1", "cc_num");
    assertThat(csv.table().features()).containsExactly("amt", "balance");
  }

  @Test
  void theFirstValueThatIsThereTellsWhetherAColumnIsOfNumbers() throws IOException {
    LabelledCsv csv = read("country,x,never,Class\n,,,0\nUS,,,1\n,2,,0\n", null, null);

    assertThat(csv.table().features()).containsExactly("x");
    assertThat(csv.leftOut()).containsExactly("country", "never");
    assertThat(csv.table().rows().get(1).features()).containsExactly(Double.NaN);
  }

  @Test
  void timesMayHaveAnOffsetOrBeDates() throws IOException {
    LabelledCsv csv =
        read("time,x,Class\n2018-07-25,1,0\n2018-07-25T13:45:00.5+02:00,2,1\n", null, null);

    assertThat(csv.table().rows().get(0).timeMs()).isEqualTo(1_532_476_800_000L);
    assertThat(csv.table().rows().get(1).timeMs()).isEqualTo(1_532_519_100_500L);
  }

  @Test
  void paySimsStepsAreHours() throws IOException {
    LabelledCsv csv = read("step,amount,isFraud\n1,5,0\n3,5,1\n", null, null);

    assertThat(csv.table().rows().get(1).timeMs()).isEqualTo(3 * 3_600_000L);
  }

  @Test
  void readsAFileThatIsOnlyNamedAsIfItWerePacked() throws IOException {
    Path file = Files.writeString(directory.resolve("data.csv.gz"), "Class,x\n1,2\n");

    assertThat(LabelledCsv.read(file, null, null, null, Set.of()).table().size()).isEqualTo(1);
  }

  @Test
  void readsGzipAndAByteOrderMark() throws IOException {
    Path file = directory.resolve("data.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("\uFEFFClass,x\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(LabelledCsv.read(file, null, null, null, Set.of()).table().frauds()).isEqualTo(1);
  }

  @Test
  void cardAndIgnoredColumnsAreNoFeatures() throws IOException {
    Path file = Files.writeString(directory.resolve("d.csv"), "card,x,leak,Class\n4711,2,1,1\n");
    LabelledCsv csv = LabelledCsv.read(file, null, null, "card", Set.of("leak"));

    assertThat(csv.table().features()).containsExactly("x");
    assertThat(csv.table().rows().get(0).card()).isEqualTo("4711");
  }

  @Test
  void refusesWhatIsNoNumberByLineAndColumn() {
    assertThatThrownBy(() -> read("x,Class\n1,0\noops,1\n", null, null))
        .hasMessageContaining("line 3, column x: 'oops' is not a number");
    assertThatThrownBy(() -> read("x,Class\n1,maybe\n", null, null))
        .hasMessageContaining("line 2, column Class: 'maybe' is not a label");
    assertThatThrownBy(() -> read("Time,x,Class\nnoon,1,1\n", null, null))
        .hasMessageContaining("line 2, column Time: 'noon' is not a time");
    assertThatThrownBy(() -> read("x,Class\n1,Infinity\nInfinity,0\n", "x", null))
        .hasMessageContaining("column Class: 'Infinity' is not a finite number");
    assertThatThrownBy(() -> read("x,Class\n1,0,7\n", null, null))
        .hasMessageContaining("line 2 has 3 fields instead of 2");
    assertThatThrownBy(() -> read("x,Class\n1,0\n1\n", null, null))
        .hasMessageContaining("line 3 has 1 fields instead of 2");
  }

  @Test
  void refusesWhatIsNoCsvNamingTheFile() {
    assertThatThrownBy(() -> read("x,Class\n1,0\n\"2\"x,1\n", null, null))
        .isInstanceOf(CsvDataException.class)
        .hasMessageContaining("data.csv");
    assertThatThrownBy(
            () -> LabelledCsv.read(directory.resolve("away.csv"), null, null, null, Set.of()))
        .isInstanceOf(CsvDataException.class)
        .hasMessageContaining("away.csv does not exist");
    assertThatThrownBy(() -> read("x,x,Class\n1,1,0\n", null, null))
        .isInstanceOf(CsvDataException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining("x");
  }

  @Test
  void refusesARowWithoutItsCard() throws IOException {
    Path file = Files.writeString(directory.resolve("d.csv"), "card,x,Class\n4711,2,1\n ,3,0\n");

    assertThatThrownBy(() -> LabelledCsv.read(file, null, null, "card", Set.of()))
        .hasMessageContaining("line 3, column card: ' ' names no card");
  }

  @Test
  void refusesColumnsThatAreNotThere() {
    assertThatThrownBy(() -> read("x,y\n1,0\n", null, null))
        .hasMessageContaining("LABEL=<column>")
        .hasMessageContaining("[x, y]");
    assertThatThrownBy(() -> read("x,Class\n1,0\n", "Klass", null))
        .hasMessageContaining("No column Klass");
    assertThatThrownBy(() -> read("x,Class\n", null, null)).hasMessageContaining("no rows");
  }

  private LabelledCsv read(String text, String label, String time) throws IOException {
    Path file = Files.writeString(directory.resolve("data.csv"), text);
    return LabelledCsv.read(file, label, time, null, Set.of());
  }
}
