package dev.flagstream.generator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.feed.FeedStream;
import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.producer.FeedRecord;
import dev.flagstream.generator.producer.RecordSink;
import dev.flagstream.generator.producer.StopRequest;
import dev.flagstream.generator.replay.layout.FraudVerdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayTest {

  private static final LabelDelay TEN_SECONDS = new LabelDelay.Constant(Duration.ofSeconds(10));

  private final List<String> rejected = new ArrayList<>();
  private long latestMs = Long.MAX_VALUE;
  private final List<String> sent = new ArrayList<>();
  private final StopRequest stop = new StopRequest();

  @Test
  void sendsTheTruthAtOnceAndTheLabelWhenItsTimeHasCome() throws InterruptedException {
    Replay replay = replay(Speed.MAX, Long.MAX_VALUE);

    replay.send(rows(honest(0), fraud(1_000), fraud(2_000), honest(11_000), honest(12_500)));
    replay.finish(Long.MAX_VALUE);

    assertThat(sent)
        .containsExactly(
            "rows@0",
            "rows@1000",
            "truth@1000 {\"transaction_id\":\"t1000\",\"scenario\":\"card_testing\","
                + "\"transaction_time\":1000}",
            "rows@2000",
            "truth@2000 {\"transaction_id\":\"t2000\",\"scenario\":\"card_testing\","
                + "\"transaction_time\":2000}",
            "labels@11000 {\"transaction_id\":\"t1000\",\"merchant_id\":\"m\",\"customer_id\":\"c\","
                + "\"is_fraud\":true,\"transaction_time\":1000,\"reported_at\":11000}",
            "rows@11000",
            "labels@12000 {\"transaction_id\":\"t2000\",\"merchant_id\":\"m\",\"customer_id\":\"c\","
                + "\"is_fraud\":true,\"transaction_time\":2000,\"reported_at\":12000}",
            "rows@12500");
    assertThat(replay.rows()).isEqualTo(5);
    assertThat(replay.frauds()).isEqualTo(2);
    assertThat(replay.labels()).isEqualTo(2);
  }

  @Test
  void sendsTheLabelsThatAreLeftUnlessNobodyCanKnowThemYet() throws InterruptedException {
    Replay replay = replay(Speed.MAX, Long.MAX_VALUE);
    replay.send(rows(fraud(1_000), fraud(2_000)));

    replay.finish(11_500);

    assertThat(sent).filteredOn(each -> each.startsWith("labels")).hasSize(1);
    assertThat(replay.labels()).isEqualTo(1);
    assertThat(replay.unreported()).isEqualTo(1);
  }

  @Test
  void rejectsTheRowThatTheBrokerWouldNotTakeAndSendsTheOthers() throws InterruptedException {
    latestMs = 20_000;
    Replay replay = replay(Speed.MAX, Long.MAX_VALUE);

    replay.send(rows(fraud(1_000), fraud(50_000), honest(2_000), honest(3_000)));

    assertThat(rejected).containsExactly("is dated ahead");
    assertThat(sent)
        .as("not even the label that is due before the rejected row")
        .hasSize(4)
        .startsWith("rows@1000")
        .endsWith("rows@2000", "rows@3000");
    assertThat(replay.rows()).isEqualTo(3);
    assertThat(replay.frauds()).isEqualTo(1);
    assertThat(replay.outOfOrder()).isZero();
  }

  @Test
  void countsRowsThatGoBackInTime() throws InterruptedException {
    Replay replay = replay(Speed.MAX, Long.MAX_VALUE);

    replay.send(rows(honest(5), honest(3), honest(4), honest(9)));

    assertThat(replay.outOfOrder()).isEqualTo(1);
    assertThat(sent).hasSize(4);
  }

  @Test
  void sendsSoManyRowsAndNoMore() throws InterruptedException {
    Replay replay = replay(Speed.MAX, 2);

    replay.send(rows(honest(1), honest(2), honest(3)));

    assertThat(sent).containsExactly("rows@1", "rows@2");
  }

  @Test
  void waitsForARowThatIsNotDueUntilItIsStopped() throws InterruptedException {
    Replay replay = replay(new Speed(1), Long.MAX_VALUE);
    ReplaySource rows =
        rows(
            honest(0),
            honest(Duration.ofDays(1).toMillis()),
            honest(Duration.ofDays(2).toMillis()));
    Thread stopping =
        new Thread(
            () -> {
              while (replay.rows() == 0) {
                Thread.onSpinWait();
              }
              stop.make();
            });
    stopping.start();

    replay.send(rows);

    stopping.join();
    assertThat(sent).containsExactly("rows@0");
  }

  @Test
  void sendsAtOnceWhatIsDueBecauseTimePassesFast() throws InterruptedException {
    Replay replay = replay(Speed.parse("1000000000x"), Long.MAX_VALUE);

    replay.send(rows(honest(0), honest(1_000), honest(2_000)));

    assertThat(sent).hasSize(3);
  }

  /** At that speed the two are further apart than a long counts nanoseconds. */
  @Test
  @Timeout(20)
  void neverWaitsForARowThatIsEarlierThanTheFirst() throws InterruptedException {
    Replay replay = replay(new Speed(1e-9), Long.MAX_VALUE);

    replay.send(rows(honest(Duration.ofDays(1).toMillis()), honest(0)));

    assertThat(sent).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 10", "10x, 10", "0.5×, 0.5", "max, Infinity", "MAX, Infinity"})
  void readsSpeeds(String text, double factor) {
    assertThat(Speed.parse(text).factor()).isEqualTo(factor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "NaN", "Infinity", "x", "fast", "10xx"})
  void refusesWhatIsNoSpeed(String text) {
    assertThatThrownBy(() -> Speed.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a speed");
  }

  private Replay replay(Speed speed, long maxRows) {
    return new Replay(
        new Replay.Plan(TEN_SECONDS, speed, maxRows),
        new Recorder(),
        row -> row.timeMs() > latestMs ? Optional.of("is dated ahead") : Optional.empty(),
        stop);
  }

  private static ReplayRow honest(long timeMs) {
    return row(timeMs, FraudVerdict.HONEST);
  }

  private static ReplayRow fraud(long timeMs) {
    return row(timeMs, new FraudVerdict(true, Optional.of("card_testing")));
  }

  private static ReplayRow row(long timeMs, FraudVerdict fraud) {
    return new ReplayRow(
        null,
        new byte[0],
        timeMs,
        Optional.of(new ReplayRow.Verdict("t" + timeMs, "m", "c", fraud)));
  }

  private ReplaySource rows(ReplayRow... rows) {
    Iterator<ReplayRow> iterator = List.of(rows).iterator();
    return new ReplaySource() {
      @Override
      public ReplayRow next() {
        return iterator.hasNext() ? iterator.next() : null;
      }

      @Override
      public void reject(String reason) {
        rejected.add(reason);
      }

      @Override
      public long rejected() {
        return rejected.size();
      }

      @Override
      public long bytesRead() {
        return 0;
      }

      @Override
      public Optional<String> brokenOff() {
        return Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** Writes down what is sent. */
  private final class Recorder implements RecordSink {

    private Outcomes outcomes;

    @Override
    public void report(Outcomes to) {
      outcomes = to;
    }

    @Override
    public void send(FeedRecord record) {
      String text = new String(record.value(), StandardCharsets.UTF_8);
      String stream =
          record.stream() == FeedStream.TRANSACTIONS
              ? "rows"
              : record.stream().name().toLowerCase(Locale.ROOT);
      sent.add(stream + "@" + record.timeMs() + (text.isEmpty() ? "" : " " + text));
      outcomes.acknowledged(record.stream());
    }

    @Override
    public void close() {}

    @Override
    public void abandon() {}
  }
}
