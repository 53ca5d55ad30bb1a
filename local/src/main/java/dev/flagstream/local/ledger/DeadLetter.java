package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that a sink could not store.
 *
 * @param place which dead letter it is: topic, partition and offset
 * @param sourceTopic the topic that the sink read it from
 * @param id of the transaction or window; empty if the record does not tell
 * @param reason the sink's words, in one line
 */
public record DeadLetter(String place, String sourceTopic, String id, String reason) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOPIC_PREFIX = "dlq_";
  private static final String REASON_HEADER = "__connect.errors.exception.message";
  private static final int REASON_LENGTH = 200;

  /** Reads a record of a dead-letter topic. */
  static DeadLetter of(ConsumerRecord<byte[], byte[]> each) {
    return new DeadLetter(
        "%s-%d@%d".formatted(each.topic(), each.partition(), each.offset()),
        each.topic().substring(TOPIC_PREFIX.length()),
        idOf(each.value()),
        reasonOf(each));
  }

  private static String idOf(byte[] value) {
    if (value == null) {
      return "";
    }
    try {
      JsonNode fields = JSON.readTree(value);
      return fields.path("TRANSACTION_ID").asText(fields.path("WINDOW_ID").asText(""));
    } catch (IOException e) {
      return ""; // Perhaps the very reason why it is here.
    }
  }

  private static String reasonOf(ConsumerRecord<byte[], byte[]> each) {
    Header header = each.headers().lastHeader(REASON_HEADER);
    if (header == null || header.value() == null) {
      return "no reason given";
    }
    String reason =
        new String(header.value(), StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH - 1) + "…";
  }
}
