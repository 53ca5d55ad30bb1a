package dev.flagstream.engine.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.flagstream.engine.offline.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A record as a case writes it; what it leaves out is not compared. */
record CaseRecord(
    String topic,
    RecordJson.Key key,
    JsonNode value,
    OptionalLong timestampMs,
    Optional<List<Header>> headers) {

  static CaseRecord of(JsonNode node, UnaryOperator<String> topicName) {
    JsonNode window = node.path("window");
    JsonNode timestamp = node.path("timestamp");
    return new CaseRecord(
        topicName.apply(node.path("topic").asText()),
        new RecordJson.Key(
            orNull(node.path("key")),
            window.isObject()
                ? Optional.of(
                    new RecordJson.Window(
                        window.path("start").asLong(), window.path("end").asLong()))
                : Optional.empty()),
        orNull(node.path("value")),
        timestamp.isNumber() ? OptionalLong.of(timestamp.asLong()) : OptionalLong.empty(),
        node.has("headers") ? Optional.of(headers(node.get("headers"))) : Optional.empty());
  }

  private static JsonNode orNull(JsonNode node) {
    return node.isMissingNode() ? NullNode.getInstance() : node;
  }

  private static List<Header> headers(JsonNode nodes) {
    List<Header> headers = new ArrayList<>();
    for (JsonNode node : nodes) {
      try {
        headers.add(
            new RecordHeader(
                node.path("KEY").asText(),
                node.path("VALUE").isNull() ? null : node.path("VALUE").binaryValue()));
      } catch (IOException e) {
        throw new UncheckedIOException("A header's VALUE is Base64: " + node, e);
      }
    }
    return headers;
  }
}
