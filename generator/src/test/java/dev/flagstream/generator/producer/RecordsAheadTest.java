package dev.flagstream.generator.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.Payments;
import dev.flagstream.generator.feed.FeedEvent;
import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.FraudTruth;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.feed.Payment;
import dev.flagstream.generator.transaction.TransactionJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordsAheadTest {

  private static final int SEVERAL_CHUNKS = 20 * RecordChunk.CAPACITY + 7;

  @Test
  void givesEveryEventAsItsRecordInOrderHoweverManyChunksThereAre() {
    List<FeedEvent> events = new ArrayList<>(Payments.some(SEVERAL_CHUNKS));
    String id = events.get(300).transactionId();
    events.add(301, new FraudTruth(id, "bust_out", events.get(300).timeMs()));
    events.add(700, new FraudLabel(id, "M1", "C1", true, 0, events.get(699).timeMs()));

    List<FeedRecord> records = new ArrayList<>();
    try (RecordsAhead ahead = new RecordsAhead(events.iterator())) {
      ahead.forEachRemaining(records::add);
    }

    assertThat(records).hasSameSizeAs(events);
    for (int i = 0; i < events.size(); i++) {
      FeedEvent event = events.get(i);
      FeedRecord record = records.get(i);
      assertThat(record.stream()).isEqualTo(FeedStream.of(event));
      assertThat(record.timeMs()).isEqualTo(event.timeMs());
      assertThat(record.key()).isEqualTo(RecordKey.of(event));
      assertThat(record.value()).isEqualTo(encoded(event));
    }
  }

  @Test
  void makesRoomForARecordOfAnyLength() {
    String text = "x".repeat(5_000_000);
    FraudTruth large = new FraudTruth(text, "bust_out", 1);
    RecordChunk chunk = new RecordChunk();

    chunk.add(large);
    chunk.add(Payments.some(1).get(0));

    assertThat(new String(chunk.get(0).key(), StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(chunk.get(0).value()).isEqualTo(LabelJson.encode(large));
    assertThat(chunk.get(1).value()).isEqualTo(encoded(Payments.some(1).get(0)));
  }

  @Test
  void endsWithTheFailureAfterEverythingThatCameBeforeIt() {
    Iterator<FeedEvent> three = Payments.some(3).iterator();
    Iterator<FeedEvent> broken = Stream.generate(three::next).map(FeedEvent.class::cast).iterator();

    try (RecordsAhead ahead = new RecordsAhead(broken)) {
      for (int i = 0; i < 3; i++) {
        assertThat(ahead.next().stream()).isEqualTo(FeedStream.TRANSACTIONS);
      }
      assertThatThrownBy(ahead::hasNext).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void anInterruptEndsTheWaitingForTheNextRecord() {
    Iterator<FeedEvent> never =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return false;
          }

          @Override
          public FeedEvent next() {
            throw new IllegalStateException("there is none");
          }
        };

    try (RecordsAhead ahead = new RecordsAhead(never)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(ahead::hasNext).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static byte[] encoded(FeedEvent event) {
    if (event instanceof Payment payment) {
      return TransactionJson.encode(payment.transaction());
    }
    return event instanceof FraudTruth truth
        ? LabelJson.encode(truth)
        : LabelJson.encode((FraudLabel) event);
  }
}
