package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.local.settings.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

  /** Of probes alone, so that nothing else falls into their windows. */
  private static final String CARD_OF_FLAGGED_PROBES = "6011000990139424";

  /** Above the rule's threshold of 2,000.00. */
  private static final String FLAGGED_AMOUNT = "2500.00";

  private static final int MS_BETWEEN = 40;
  private static final long HOUR_MS = 3_600_000;

  private final KafkaProducer<byte[], byte[]> producer;
  private final Random random;
  private final String prefix;
  private final Thread thread = new Thread(this::send, "numbered-transactions");

  private final AcknowledgedRecords acknowledged = new AcknowledgedRecords();

  private long next;
  private volatile boolean stopped;

  /**
   * A transaction by which one sees whether others pass.
   *
   * @param card its number
   * @param timestampMs its event time, in epoch milliseconds
   * @param isFlagged whether the rule flags it
   * @param refusal why the broker did not take it, once it is known; null until then, and if it did
   */
  record Probe(
      String id,
      String card,
      long timestampMs,
      boolean isFlagged,
      AtomicReference<Exception> refusal) {}

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
    return transaction(id, card, amount, timestamp, random.nextInt(10) == 0 ? "Boston" : "Chicago");
  }

  private static String transaction(
      String id, String card, String amount, long timestamp, String city) {
    return """
        {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,\
        "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,"currency":"USD",\
        "merchant_id":"M1","merchant":"Shop","merchant_category":"grocery","mcc":"5411",\
        "channel":"chip","location":{"city":"%s","state":"IL","country":"US","lat":41.88,\
        "lon":-87.63},"location_risk_score":0.12,"timestamp":%d}"""
        .formatted(id, card, amount, city, timestamp);
  }

  private void send(String card, String value) {
    send(card, value, problem -> {});
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told the same
  private synchronized void send(String card, String value, Consumer<Exception> refused) {
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    producer.send(
        new ProducerRecord<>(Environment.INPUT_TOPIC, card.getBytes(UTF_8), bytes),
        (metadata, problem) -> {
          if (problem == null) {
            acknowledged.add(metadata.partition(), metadata.offset(), bytes);
          } else {
            refused.accept(problem);
          }
        });
  }

  /**
   * Sends at once a faultless transaction of each card, and one that is flagged: together they pass
   * every step, and most partitions of each topic.
   */
  List<Probe> sendProbes(int number) {
    List<Probe> probes = new ArrayList<>();
    for (String card : CARDS) {
      probes.add(sendProbe(number + "-" + probes.size(), card, "1.00", false));
    }
    probes.add(sendProbe(number + "-flagged", CARD_OF_FLAGGED_PROBES, FLAGGED_AMOUNT, true));
    return probes;
  }

  private Probe sendProbe(String number, String card, String amount, boolean isFlagged) {
    String id = prefix + "probe-" + number;
    long now = System.currentTimeMillis();
    Probe probe = new Probe(id, card, now, isFlagged, new AtomicReference<>());
    send(card, transaction(id, card, amount, now, "Chicago"), probe.refusal()::set);
    return probe;
  }

  /** Stops sending and waits until the broker has acknowledged all, however long that takes. */
  void finish() throws InterruptedException {
    stopped = true;
    thread.join();
    producer.flush();
  }

  /** What the broker has acknowledged so far. */
  AcknowledgedRecords acknowledged() {
    return acknowledged;
  }

  /** The numbers of the cards used. */
  static List<String> cards() {
    List<String> cards = new ArrayList<>(CARDS);
    cards.add(CARD_OF_FLAGGED_PROBES);
    return cards;
  }

  @Override
  public void close() {
    stopped = true;
    producer.close(Duration.ofSeconds(5));
  }
}
