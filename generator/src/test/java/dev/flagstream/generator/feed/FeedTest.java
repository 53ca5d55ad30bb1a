package dev.flagstream.generator.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.generator.SmallWorld;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeedTest {

  private static final long SEED = 3;
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant END = START.plusSeconds(3_600);
  private static final LabelDelay DELAY = LabelDelay.parse("10m");

  private final SmallWorld world = new SmallWorld(SEED);
  private final AtomicLong leftOut = new AtomicLong(-1);

  @Test
  void givesEachFraudItsTruthAtOnceAndOneLabelLater() {
    List<FeedEvent> events = events(START, Feed.Labels.ALL);

    List<Payment> payments = only(events, Payment.class);
    Map<String, FraudTruth> truths = byId(only(events, FraudTruth.class));
    Map<String, FraudLabel> labels = byId(only(events, FraudLabel.class));
    assertThat(payments).hasSize(3_600);
    assertThat(truths).hasSize(360);
    assertThat(labels.keySet()).isEqualTo(truths.keySet());
    for (Payment payment : payments) {
      FraudLabel label = labels.get(payment.transactionId());
      if (label != null) {
        assertThat(label.fraud()).isTrue();
        assertThat(label.transactionTimeMs()).isEqualTo(payment.timeMs());
        assertThat(label.merchantId()).isEqualTo(payment.transaction().acceptor().merchantId());
        assertThat(label.customerId()).isEqualTo(payment.transaction().cardholder().customerId());
        assertThat(label.reportedAtMs() - payment.timeMs())
            .isEqualTo(DELAY.delayMs(SEED, payment.transactionId()));
      }
    }
  }

  @Test
  void ordersEverythingByTime() {
    assertThat(events(START, Feed.Labels.ALL))
        .isSortedAccordingTo(Comparator.comparingLong(FeedEvent::timeMs));
  }

  @Test
  void endsWithWhatIsDueAndTellsWhatIsLeftOut() {
    List<FraudLabel> due = only(events(START, Feed.Labels.DUE), FraudLabel.class);
    long notDue = leftOut.get();
    List<FraudLabel> all = only(events(START, Feed.Labels.ALL), FraudLabel.class);

    assertThat(due)
        .isNotEmpty()
        .isEqualTo(
            all.stream().filter(label -> label.reportedAtMs() < END.toEpochMilli()).toList());
    assertThat(notDue).isEqualTo(all.size() - due.size()).isPositive();
    assertThat(leftOut).hasValue(0);
  }

  @Test
  void givesNoLabelsOnRequestButTheTruth() {
    List<FeedEvent> events = events(START, Feed.Labels.NONE);

    assertThat(only(events, FraudLabel.class)).isEmpty();
    assertThat(only(events, FraudTruth.class)).hasSize(360);
  }

  @Test
  void makesTheSameEventsAgainFromALaterStart() {
    Instant later = START.plusSeconds(1_000);
    List<FeedEvent> whole = events(START, Feed.Labels.ALL);
    List<FeedEvent> rest = events(later, Feed.Labels.ALL);

    assertThat(rest)
        .isEqualTo(
            whole.stream()
                .filter(event -> transactionTimeMs(event) >= later.toEpochMilli())
                .toList());
  }

  @Test
  void writesLabelsAndTruthAsTheirTopicsHoldThem() {
    assertThat(text(LabelJson.encode(new FraudLabel("t1", "M1", "C\"1", true, 5, 9))))
        .isEqualTo(
            "{\"transaction_id\":\"t1\",\"merchant_id\":\"M1\",\"customer_id\":\"C\\\"1\","
                + "\"is_fraud\":true,\"transaction_time\":5,\"reported_at\":9}");
    assertThat(text(LabelJson.encode(new FraudLabel("t1", null, null, false, 5, 5))))
        .isEqualTo(
            "{\"transaction_id\":\"t1\",\"is_fraud\":false,\"transaction_time\":5,"
                + "\"reported_at\":5}");
    assertThat(text(LabelJson.encode(new FraudTruth("t1", "bust_out", 5))))
        .isEqualTo("{\"transaction_id\":\"t1\",\"scenario\":\"bust_out\",\"transaction_time\":5}");
  }

  private List<FeedEvent> events(Instant start, Feed.Labels labels) {
    List<FeedEvent> events = new ArrayList<>();
    new Feed(world.from(start), DELAY, SEED, labels, END.toEpochMilli(), leftOut::set)
        .forEachRemaining(events::add);
    return events;
  }

  private static long transactionTimeMs(FeedEvent event) {
    return event instanceof FraudLabel label ? label.transactionTimeMs() : event.timeMs();
  }

  private static <T extends FeedEvent> List<T> only(List<FeedEvent> events, Class<T> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static <T extends FeedEvent> Map<String, T> byId(List<T> events) {
    // Throws if an id comes twice.
    return events.stream().collect(Collectors.toMap(FeedEvent::transactionId, Function.identity()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
