package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.local.settings.Environment;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Numbered transactions of this process, which no fault touches, with hostile records, late and
 * early ones, hot cards and changed schemas among them. What the broker acknowledges is noted, so
 * that it can be missed. The same seed, the same records; only their times are those of the clock.
 */
final class NumberedTransactions implements AutoCloseable {

  /**
   * Card numbers that payment providers give out for tests. Without those that are periodic, such
   * as 4111111111111111: a score of 37/90 has the same digits.
   */
  private static final List<String> CARDS =
      List.of(
          "4000056655665556",
          "5555555555554444",
          "2223003122003222",
          "5200828282828210",
          "378282246310005",
          "3056930009020004");

  private static final int MS_BETWEEN = 40;
  private static final long HOUR_MS = 3_600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random;
  private final String prefix;
  private final Thread thread = new Thread(this::send, "numbered-transactions");

  /** Where each acknowledged record is. */
  private final Queue<RecordMetadata> acknowledged = new ConcurrentLinkedQueue<>();

  private final AtomicLong refused = new AtomicLong();
  private long next;
  private volatile boolean stopped;

  private NumberedTransactions(String bootstrapServers, long seed) {
    // Longer than any fault lasts: what is sent is not given up.
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", "300000",
                "max.block.ms", "300000",
                "max.request.size", "4194304"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    random = new Random(seed);
    prefix = "numbered-" + seed + "-";
  }

  /** Starts to send, some 25 a second. */
  static NumberedTransactions start(String bootstrapServers, long seed) {
    NumberedTransactions numbered = new NumberedTransactions(bootstrapServers, seed);
    numbered.thread.start();
    return numbered;
  }

  private void send() {
    while (!stopped) {
      sendNext();
      Pauses.of(Duration.ofMillis(MS_BETWEEN));
    }
  }

  private void sendNext() {
    // Half of all goes to one card and one merchant.
    String card = random.nextBoolean() ? CARDS.get(0) : CARDS.get(random.nextInt(CARDS.size()));
    long now = System.currentTimeMillis();
    String id = prefix + next++;
    switch (random.nextInt(12)) {
      case 0 -> send(card, hostile(id, card, now));
      case 1 -> send(card, transaction(id, card, amount(), now - random.nextInt(36) * HOUR_MS));
      case 2 -> send(card, transaction(id, card, amount(), now + random.nextInt(4) * HOUR_MS));
      default -> send(card, transaction(id, card, amount(), now));
    }
  }

  private String amount() {
    return String.format(Locale.ROOT, "%d.%02d", random.nextInt(3_000), 1 + random.nextInt(99));
  }

  private String hostile(String id, String card, long now) {
    String good = transaction(id, card, amount(), now);
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "this is not JSON, and it names " + card;
      case 3 -> good.substring(0, random.nextInt(good.length()));
      case 4 -> transaction(id, card, "1e999999999", now);
      case 5 -> transaction(id, card, "-1.00", now);
      case 6 -> transaction(id, card, "1" + "0".repeat(5_000), now);
      case 7 -> transaction(id, card.substring(1) + "0", amount(), now);
      case 8 -> transaction(id, card, amount(), -1);
      case 9 -> "[".repeat(20_000);
      case 10 -> good.replace("\"Shop\"", "\"" + "\\u0041".repeat(2_000) + "\"");
      case 11 -> good.replace("\"Shop\"", "\"\"x");
      // Changed schemas: a field less, one more, another type, another case.
      case 12 -> good.replace("\"customer_age\":42,", "");
      case 13 ->
          good.replace("\"customer_age\":42,", "\"customer_age\":\"42\",\"vip\":{\"a\":[1]},");
      case 14 -> good.replace("\"customer_age\":42", "\"CUSTOMER_AGE\":42");
      default ->
          good.replace("\"mcc\":\"5411\"", "\"mcc\":5411,\"note\":\"" + "n".repeat(600_000) + "\"");
    };
  }

  private String transaction(String id, String card, String amount, long timestamp) {
    String city = random.nextInt(10) == 0 ? "Boston" : "Chicago";
    return """
        {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,\
        "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,"currency":"USD",\
        "merchant_id":"M1","merchant":"Shop","merchant_category":"grocery","mcc":"5411",\
        "channel":"chip","location":{"city":"%s","state":"IL","country":"US","lat":41.88,\
        "lon":-87.63},"location_risk_score":0.12,"timestamp":%d}"""
        .formatted(id, card, amount, city, timestamp);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private synchronized void send(String card, String value) {
    producer.send(
        new ProducerRecord<>(
            Environment.INPUT_TOPIC,
            card.getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8)),
        (metadata, problem) -> {
          if (problem == null) {
            acknowledged.add(metadata);
          } else {
            refused.incrementAndGet();
          }
        });
  }

  /** Sends one faultless transaction at once and returns its id. */
  String sendProbe(int number) {
    String id = prefix + "probe-" + number;
    send(CARDS.get(1), transaction(id, CARDS.get(1), "1.00", System.currentTimeMillis()));
    return id;
  }

  /** Stops sending and waits until the broker has acknowledged all, however long that takes. */
  void finish() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
  }

  /** Records that the broker did not take: not part of the books. */
  long refused() {
    return refused.get();
  }

  /** Where each acknowledged record is. */
  Queue<RecordMetadata> acknowledged() {
    return acknowledged;
  }

  /** The numbers of the cards used. */
  static List<String> cards() {
    return CARDS;
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ofSeconds(5));
  }
}
