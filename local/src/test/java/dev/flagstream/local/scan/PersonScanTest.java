package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ErasureTest} has the scan of a whole pipeline; these are folders of a few files. */
class PersonScanTest {

  @TempDir private Path data;
  private StackSettings settings;

  @BeforeEach
  void settings() {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
  }

  @Test
  void saysNothingOfAPersonWhoseCardsItCannotKnow() throws IOException {
    Path key = Files.createDirectories(data.resolve("secrets")).resolve("card-token.key");
    Files.writeString(key, "0123456789abcdef0123456789abcdef");

    assertThatThrownBy(() -> PersonScan.of(settings, "C0000042"))
        .isInstanceOf(StackException.class)
        .hasMessageContaining("has no file of credit_card_transactions")
        .hasMessageContaining("Containers (make up) keep their data in volumes");
    assertThat(InputFiles.areIn(settings)).isFalse();
  }

  @Test
  void findsAPersonByTheNumberOfACardOfTheInput() throws IOException {
    input("{\"customer_id\":\"C0000042\",\"card_number\":\"4539-5787-6362-1486\"}");
    Files.writeString(data.resolve("note.txt"), "a call about 4539578763621486");

    PersonScan.Result scan = PersonScan.of(settings, "C0000042");

    assertThat(scan.places())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("topic credit_card_transactions", 1L, "file note.txt", 1L));
    assertThat(scan.hasCards()).isTrue();
    assertThat(InputFiles.areIn(settings)).isTrue();
  }

  @Test
  void knowsThatTheInputHasNoCardOfSomeoneWhoseIdIsWrittenInAnotherWay() throws IOException {
    input("{\"customer_id\":\"C0000042\",\"card_number\":\"4539-5787-6362-1486\"}");

    PersonScan.Result scan = PersonScan.of(settings, "c0000042");

    assertThat(scan.places()).isEmpty();
    assertThat(scan.hasCards()).isFalse();
  }

  private void input(String value) throws IOException {
    Path folder = Files.createDirectories(data.resolve("kafka/credit_card_transactions-3"));
    try (FileRecords segment =
        FileRecords.open(folder.resolve("00000000000000000000.log").toFile())) {
      segment.append(
          MemoryRecords.withRecords(
              Compression.NONE, new SimpleRecord(0, null, value.getBytes(UTF_8))));
      segment.flush();
    }
  }
}
