package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code PipelineTest} has the scan of a whole pipeline; these are folders of a few records. */
class ClearNumberScanTest {

  private static final String CARD = "4539578763621486";

  @TempDir private Path data;
  private StackSettings settings;

  @BeforeEach
  void settings() {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
  }

  private void input(String value) throws IOException {
    Path folder = Files.createDirectories(data.resolve("kafka/credit_card_transactions-3"));
    appendTo(folder.resolve("00000000000000000000.log"), value);
  }

  @Test
  void findsNumbersInEveryKindOfPlace() throws Exception {
    input("{\"card_number\":\"4539 5787 6362 1486\"}");
    assertThat(ClearNumberScan.of(settings).findings()).isEmpty();

    PlantedNumbers.in(settings, CARD);

    ClearNumberScan.Result scan = ClearNumberScan.of(settings);
    assertThat(scan.numbers()).isEqualTo(1);
    assertThat(scan.findings())
        .allSatisfy(each -> assertThat(each.lastFour()).isEqualTo("1486"))
        .extracting(ClearNumberScan.Finding::place)
        .map(PlantedNumbers::withoutFileNumber)
        .containsExactlyInAnyOrderElementsOf(PlantedNumbers.PLACES);
  }

  @Test
  void looksForNumbersOfRecordsThatCannotBeRead() throws Exception {
    input("{\"card_number\": 4539578763621486, and no more JSON since 1767355200000");
    Files.writeString(data.resolve("note.txt"), "at 1767355200000 a call about " + CARD);

    assertThat(ClearNumberScan.of(settings).numbers()).isEqualTo(1);
    assertThat(ClearNumberScan.of(settings).findings())
        .containsExactly(new ClearNumberScan.Finding("file note.txt", "1486"));
  }

  @Test
  void findsANumberThatLiesAcrossThePartsInWhichAFileIsRead() throws Exception {
    input("{\"card_number\":\"" + CARD + "\"}");
    Files.writeString(data.resolve("large"), "x".repeat((1 << 20) - 7) + CARD + "x".repeat(100));

    assertThat(ClearNumberScan.of(settings).findings())
        .containsExactly(new ClearNumberScan.Finding("file large", "1486"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void findsANumberInBase64ThatLiesAcrossThem(int before) throws Exception {
    input("{\"card_number\":\"" + CARD + "\"}");
    String text = "y".repeat(3 * (1 << 18)) + CARD + "y".repeat(90);
    Files.writeString(
        data.resolve("large"),
        "-".repeat(before) + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));

    assertThat(ClearNumberScan.of(settings).findings())
        .containsExactly(new ClearNumberScan.Finding("file large", "1486"));
  }

  @Test
  void readsRowsOfALakeAndPassesOverThoseOfAFileThatIsNotWhole() throws Exception {
    input("{\"card_number\":\"" + CARD + "\"}");
    Path day = Files.createDirectories(data.resolve("lake/decisions/day=2026-01-02"));
    LakeReader lake = Lakes.reader(settings.withLake(), data.resolve("lake").toString());
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'many others' AS note, ['a', 'the card is %s'] AS reasons FROM range(3))"
                  .formatted(CARD)
              + " TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(day.resolve("a.parquet")));
    }
    byte[] whole = Files.readAllBytes(day.resolve("a.parquet"));
    Files.write(day.resolve("half.parquet"), Arrays.copyOf(whole, whole.length / 2));

    assertThat(ClearNumberScan.of(settings).findings())
        .extracting(ClearNumberScan.Finding::place)
        .filteredOn(place -> place.contains(", row "))
        .containsExactly(
            "file lake/decisions/day=2026-01-02/a.parquet, row 0, column reasons",
            "file lake/decisions/day=2026-01-02/a.parquet, row 1, column reasons",
            "file lake/decisions/day=2026-01-02/a.parquet, row 2, column reasons");
  }

  @Test
  void readsASegmentThatABrokerAppendsToMeanwhile() throws Exception {
    input("first");
    Path file = data.resolve("kafka/credit_card_transactions-3/00000000000000000000.log");
    long before = Files.size(file);
    List<String> values = new ArrayList<>();

    KafkaSegment.of(file)
        .read(
            each -> {
              values.add(UTF_8.decode(each.value()).toString());
              appendTo(file, "second");
            });

    assertThat(values).containsExactly("first");
    assertThat(Files.size(file)).isGreaterThan(before);
  }

  private static void appendTo(Path file, String value) {
    try (FileRecords segment = FileRecords.open(file.toFile())) {
      segment.append(
          MemoryRecords.withRecords(
              Compression.NONE, new SimpleRecord(0, null, value.getBytes(UTF_8))));
      segment.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void hasNothingToLookForWithoutInput() {
    assertThatThrownBy(() -> ClearNumberScan.of(settings))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("There is no card number to look for")
        .hasMessageContaining("--data DIR")
        .hasMessageContaining("Containers (make up) keep their data in volumes");
  }
}
