package dev.flagstream.engine.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.request.StatementRequest;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/** Reads the JSON bodies of requests. */
final class RequestBodies {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private RequestBodies() {}

  /** The body of a request to {@code /ksql} or {@code /query}. */
  static StatementRequest statements(Buffer body) {
    KsqlBody request = read(body, KsqlBody.class);
    return new StatementRequest(
        request.ksql() == null ? "" : request.ksql(),
        withoutNulls(request.streamsProperties()),
        strings(request.sessionVariables()),
        request.commandSequenceNumber() == null
            ? OptionalLong.empty()
            : OptionalLong.of(request.commandSequenceNumber()));
  }

  /** The body of a request to {@code /query-stream}. */
  static StatementRequest query(Buffer body) {
    QueryStreamBody request = read(body, QueryStreamBody.class);
    return new StatementRequest(
        request.sql(),
        withoutNulls(request.properties()),
        strings(request.sessionVariables()),
        OptionalLong.empty());
  }

  /** The query a request to {@code /close-query} names. */
  static String queryToClose(Buffer body) {
    return read(body, CloseQueryBody.class).queryId();
  }

  /** The topics that a request to {@code /ksql/terminate} names; none if it names none. */
  static List<String> topicsToDelete(Buffer body) {
    if (body == null || body.length() == 0) {
      return List.of();
    }
    List<String> topics = read(body, TerminateBody.class).deleteTopicList();
    return topics == null ? List.of() : topics.stream().filter(Objects::nonNull).toList();
  }

  /**
   * Checks the body of a request to {@code /heartbeat}.
   *
   * @throws RequestException if it does not say which server it comes from
   */
  static void checkHeartbeat(Buffer body) {
    if (read(body, HeartbeatBody.class).hostInfo() == null) {
      // ksqlDB calls this an error of the server.
      throw RequestException.generic(Code.SERVER_ERROR, "The heartbeat names no hostInfo");
    }
  }

  /** The stream or table the first line of {@code /inserts-stream} names. */
  static String insertTarget(Buffer line) {
    return read(line, InsertsStreamBody.class).target();
  }

  /** A row of {@code /inserts-stream}, by column name. */
  static Map<String, Object> row(Buffer line) {
    try {
      return JSON.readValue(line.getBytes(), new TypeReference<HashMap<String, Object>>() {});
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static <T> T read(Buffer body, Class<T> type) {
    try {
      T request = JSON.readValue(body == null ? new byte[0] : body.getBytes(), type);
      if (request == null) {
        throw RequestException.generic(
            Code.BAD_REQUEST, "Invalid JSON in request: an object is expected");
      }
      return request;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  private static RequestException malformed(IOException e) {
    String reason = e instanceof JsonProcessingException json ? json.getMessage() : e.toString();
    return RequestException.generic(Code.BAD_REQUEST, "Invalid JSON in request: " + reason);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> properties) {
    if (properties == null) {
      return Map.of();
    }
    Map<String, Object> present = new HashMap<>(properties);
    present.values().removeIf(value -> value == null);
    return present;
  }

  private static Map<String, String> strings(Map<String, Object> variables) {
    Map<String, String> strings = new HashMap<>();
    withoutNulls(variables).forEach((name, value) -> strings.put(name, value.toString()));
    return strings;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record KsqlBody(
      @JsonProperty String ksql,
      @JsonProperty Map<String, Object> streamsProperties,
      @JsonProperty Map<String, Object> sessionVariables,
      @JsonProperty Long commandSequenceNumber) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record QueryStreamBody(
      @JsonProperty(required = true) String sql,
      @JsonProperty Map<String, Object> properties,
      @JsonProperty Map<String, Object> sessionVariables) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record TerminateBody(@JsonProperty List<String> deleteTopicList) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record HeartbeatBody(@JsonProperty Map<String, Object> hostInfo) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record CloseQueryBody(@JsonProperty(required = true) String queryId) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record InsertsStreamBody(@JsonProperty(required = true) String target) {}
}
