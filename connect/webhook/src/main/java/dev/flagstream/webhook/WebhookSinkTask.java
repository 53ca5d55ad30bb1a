package dev.flagstream.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.ExponentialBackoff;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Posts the records of its partitions one after another, so that those of a key stay in order.
 *
 * <p>A receiver that is away holds up all that follows: Connect keeps what it has read and gives it
 * again. What has been accepted by then is not posted again, unless the worker was killed.
 */
public final class WebhookSinkTask extends SinkTask {

  private final InstantSource clock;
  private final JsonConverter json = new JsonConverter();

  /** The next offset of each partition: what is before it was accepted or is a dead letter. */
  private final Map<TopicPartition, Long> next = new HashMap<>();

  private WebhookSettings settings;
  private WebhookReceiver receiver;
  private ExponentialBackoff backoff;

  /** Attempts in a row that failed, of whatever record. */
  private int failures;

  private String trouble = "";
  private Instant pausedUntil = Instant.MIN;
  private SinkRecord failing;
  private Instant failingSince = Instant.MIN;

  /** As Connect makes it. */
  public WebhookSinkTask() {
    this(InstantSource.system());
  }

  /** With a clock of its own. */
  WebhookSinkTask(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public String version() {
    return WebhookSinkConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> properties) {
    settings = new WebhookSettings(properties);
    receiver = new WebhookReceiver(settings, clock);
    // With jitter, so that the workers of a group do not all come back at once.
    backoff = new ExponentialBackoff(settings.backoffMs(), 2, settings.longestBackoffMs(), 0.2);
    json.configure(Map.of("schemas.enable", "false", "decimal.format", "NUMERIC"), false);
  }

  /**
   * @throws RetriableException if the receiver is away; Connect then gives the same records again
   */
  @Override
  public void put(Collection<SinkRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    // Connect comes back at its next commit of offsets at the latest, however long it is asked to
    // wait.
    if (clock.instant().isBefore(pausedUntil)) {
      throw comeBackLater();
    }
    for (SinkRecord each : records) {
      TopicPartition partition = new TopicPartition(each.topic(), each.kafkaPartition());
      if (each.kafkaOffset() >= next.getOrDefault(partition, 0L)) {
        deliver(each);
        next.put(partition, each.kafkaOffset() + 1);
      }
    }
  }

  private void deliver(SinkRecord each) {
    String id;
    String body;
    try {
      id = id(each);
      body =
          new String(
              json.fromConnectData(each.topic(), each.valueSchema(), each.value()),
              StandardCharsets.UTF_8);
    } catch (DataException e) {
      setAside(each, e.getMessage());
      return;
    }
    WebhookAnswer answer = receiver.post(id, body);
    if (answer instanceof WebhookAnswer.Away away) {
      afterFailure(each, away);
      return;
    }
    failures = 0;
    failing = null;
    if (answer instanceof WebhookAnswer.Refused refused) {
      setAside(each, refused.reason());
    }
  }

  private String id(SinkRecord each) {
    if (each.value() instanceof Struct value) {
      String id = value.getString(settings.idField());
      if (id != null && !id.isEmpty()) {
        return headerOf(id);
      }
    }
    throw new DataException("no " + settings.idField() + ", so it cannot be told from others");
  }

  /** Percent-encoded where a header cannot have a character: blanks, and all beyond ASCII. */
  private static String headerOf(String id) {
    StringBuilder header = new StringBuilder();
    for (byte each : id.getBytes(StandardCharsets.UTF_8)) {
      if (each > ' ' && each <= '~' && each != '%') {
        header.append((char) each);
      } else {
        header.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
      }
    }
    return header.toString();
  }

  /** Returns if the record is given up. */
  private void afterFailure(SinkRecord each, WebhookAnswer.Away away) {
    Instant now = clock.instant();
    if (!same(each, failing)) {
      failing = each;
      failingSince = now;
    }
    pausedUntil = now.plusMillis(Math.max(backoff.backoff(failures), away.pause().toMillis()));
    failures++;
    trouble = away.reason();
    Duration tried = Duration.between(failingSince, now);
    if (tried.compareTo(settings.budget()) < 0) {
      throw comeBackLater();
    }
    setAside(each, "tried for " + tried.toSeconds() + " s, at last: " + trouble);
  }

  private static boolean same(SinkRecord one, SinkRecord other) {
    return other != null
        && one.kafkaOffset() == other.kafkaOffset()
        && one.topic().equals(other.topic())
        && Objects.equals(one.kafkaPartition(), other.kafkaPartition());
  }

  private RetriableException comeBackLater() {
    long millis = Duration.between(clock.instant(), pausedUntil).toMillis();
    context.timeout(Math.max(1, millis));
    return new RetriableException(
        "%s; failed attempts so far: %d; the next in %d ms".formatted(trouble, failures, millis));
  }

  /** Returns when the dead letter is written. */
  private void setAside(SinkRecord each, String reason) {
    ErrantRecordReporter deadLetters = context.errantRecordReporter();
    ConnectException error = new ConnectException(reason);
    if (deadLetters == null) {
      throw new ConnectException("a record was refused, and there is no dead-letter topic", error);
    }
    try {
      deadLetters.report(each, error).get();
    } catch (ExecutionException e) {
      throw new ConnectException("a dead letter could not be written", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted while a dead letter was written", e);
    }
  }

  /** Whoever has the partitions next begins at what was committed. */
  @Override
  public void close(Collection<TopicPartition> partitions) {
    partitions.forEach(next::remove);
  }

  @Override
  public void stop() {}
}
