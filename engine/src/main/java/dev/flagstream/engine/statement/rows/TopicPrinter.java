package dev.flagstream.engine.statement.rows;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.PrintTopic;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.request.QueryAnswer;
import dev.flagstream.engine.statement.state.BrokerTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Carries out PRINT: the records of a topic as text, in formats guessed from their bytes. */
public final class TopicPrinter {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final DateTimeFormatter ROWTIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS' Z'").withZone(ZoneOffset.UTC);

  private final EngineConfig config;
  private final BrokerTopics topics;

  public TopicPrinter(EngineConfig config, BrokerTopics topics) {
    this.config = config;
    this.topics = topics;
  }

  /**
   * Prepares to print a topic.
   *
   * @throws SqlException if there is no such topic
   */
  public QueryAnswer.Text print(PrintTopic print) {
    TopicDirectory.TopicInfo topic =
        topics.find(print.topic()).orElseThrow(() -> new SqlException(doesNotExist(print.topic())));
    TreeMap<String, Object> properties = new TreeMap<>(config.kafkaClientProperties());
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions = new ArrayList<>();
    for (int partition = 0; partition < topic.partitions(); partition++) {
      partitions.add(new TopicPartition(topic.name(), partition));
    }
    consumer.assign(partitions);
    if (print.fromBeginning()) {
      consumer.seekToBeginning(partitions);
    } else {
      consumer.seekToEnd(partitions);
    }
    return new Printing(consumer, print);
  }

  private String doesNotExist(String topic) {
    List<String> meant =
        topics.all().keySet().stream().filter(topic::equalsIgnoreCase).sorted().toList();
    return "Could not find topic '"
        + topic
        + "', or the KSQL user does not have permissions to list the topic. Topic names are"
        + " case-sensitive."
        + (meant.isEmpty() ? "" : "\nDid you mean:")
        + meant.stream().map("\n\tprint %s;"::formatted).collect(Collectors.joining());
  }

  /** A PRINT under way. */
  private static final class Printing implements QueryAnswer.Text {
    private final Consumer<byte[], byte[]> consumer;
    private final PrintTopic print;
    private final FormatGuess keys = new FormatGuess();
    private final FormatGuess values = new FormatGuess();
    private boolean printedFormats;
    private int seen;
    private int printed;
    private boolean consumerClosed;
    private volatile boolean closed;

    Printing(Consumer<byte[], byte[]> consumer, PrintTopic print) {
      this.consumer = consumer;
      this.print = print;
    }

    @Override
    public void forEach(TextConsumer text) throws InterruptedException {
      try {
        boolean wanted = true;
        while (wanted && !closed && !isComplete()) {
          wanted = print(consumer.poll(POLL), text);
        }
      } catch (WakeupException e) {
        closed = true;
      } finally {
        closeConsumer();
      }
    }

    private boolean isComplete() {
      return print.limit().isPresent() && printed >= print.limit().getAsInt();
    }

    private boolean print(ConsumerRecords<byte[], byte[]> records, TextConsumer text)
        throws InterruptedException {
      for (ConsumerRecord<byte[], byte[]> topicRecord : records) {
        keys.look(topicRecord.key());
        values.look(topicRecord.value());
      }
      if (!printedFormats && !records.isEmpty()) {
        printedFormats = true;
        for (String piece :
            List.of(
                "Key format: ",
                keys.description() + "\n",
                "Value format: ",
                values.description() + "\n")) {
          if (!text.accept(piece)) {
            return false;
          }
        }
      }
      for (ConsumerRecord<byte[], byte[]> topicRecord : records) {
        boolean chosen = seen++ % print.interval().orElse(1) == 0;
        if (chosen && !isComplete()) {
          printed++;
          if (!text.accept(line(topicRecord))) {
            return false;
          }
        }
      }
      return true;
    }

    private String line(ConsumerRecord<byte[], byte[]> topicRecord) {
      return "rowtime: %s, key: %s, value: %s, partition: %d\n"
          .formatted(
              ROWTIME.format(Instant.ofEpochMilli(topicRecord.timestamp())),
              keys.print(topicRecord.key()),
              values.print(topicRecord.value()),
              topicRecord.partition());
    }

    private synchronized void closeConsumer() {
      if (!consumerClosed) {
        consumerClosed = true;
        consumer.close();
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      if (!consumerClosed) {
        consumer.wakeup();
      }
    }
  }
}
