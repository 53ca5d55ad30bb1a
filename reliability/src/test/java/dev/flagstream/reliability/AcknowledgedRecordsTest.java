package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AcknowledgedRecordsTest {

  private final AcknowledgedRecords acknowledged = new AcknowledgedRecords();

  @Test
  void missesWhatIsNotThereAndWhatHasAnotherRecordInItsPlace() {
    acknowledged.add(0, 7, bytes("a"));
    acknowledged.add(0, 8, bytes("b"));
    acknowledged.add(1, 7, null);
    acknowledged.add(1, 8, bytes("never found"));

    AcknowledgedRecords.Missing missing = acknowledged.missing();
    missing.found(record(0, 7, "a"));
    missing.found(record(0, 8, "what came after the log had lost its end"));
    missing.found(record(1, 7, null));
    missing.found(record(2, 7, "of somebody else"));

    assertThat(acknowledged.count()).isEqualTo(4);
    assertThat(missing.count()).isEqualTo(2);
  }

  @Test
  void missesOneOfTwoThatWereAcknowledgedInTheSamePlace() {
    acknowledged.add(0, 7, bytes("lost"));
    acknowledged.add(0, 7, bytes("b"));

    AcknowledgedRecords.Missing missing = acknowledged.missing();
    missing.found(record(0, 7, "b"));

    assertThat(acknowledged.count()).isEqualTo(2);
    assertThat(missing.count()).isEqualTo(1);
  }

  private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, String value) {
    return new ConsumerRecord<>("in", partition, offset, null, bytes(value));
  }

  private static byte[] bytes(String text) {
    return text == null ? null : text.getBytes(UTF_8);
  }
}
