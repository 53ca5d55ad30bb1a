package dev.flagstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Optional;

/**
 * The rows of a query as they come; of a push query without end. For one thread, but for {@link
 * #close}, which any thread may call and which ends a wait for the next row.
 */
public final class SqlRows implements AutoCloseable {

  /** Keeps trailing zeros, which are digits of a DECIMAL like others. */
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  private final InputStream answer;
  private final BufferedReader lines;

  SqlRows(InputStream answer) {
    this.answer = answer;
    this.lines = new BufferedReader(new InputStreamReader(answer, UTF_8));
  }

  /**
   * Waits for the next row.
   *
   * @return its columns, an array in the order of the SELECT in which numbers have all the digits
   *     that were sent; empty when the query has ended
   * @throws ServerException with the server's words if the query fails on the way
   * @throws IOException if the connection breaks, or this is closed
   */
  public Optional<JsonNode> next() throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String object = withoutArray(line.strip());
      if (object.isEmpty()) {
        continue;
      }
      JsonNode json = JSON.readTree(object);
      if (json.has("errorMessage")) {
        throw new ServerException(json.path("errorMessage").path("message").asText());
      }
      if (json.has("finalMessage")) {
        return Optional.empty();
      }
      JsonNode row = json.path("row");
      if (row.has("columns") && !row.path("tombstone").asBoolean()) {
        return Optional.of(row.path("columns"));
      }
    }
    return Optional.empty();
  }

  /** A line holds one object of the array that the answer is as a whole. */
  private static String withoutArray(String line) {
    int from = line.startsWith("[") ? 1 : 0;
    int to = line.length();
    if (to > from && line.charAt(to - 1) == ']') {
      to--;
    }
    if (to > from && line.charAt(to - 1) == ',') {
      to--;
    }
    return line.substring(from, to);
  }

  @Override
  public void close() {
    try {
      answer.close();
    } catch (IOException e) {
      // The connection is gone, which is what was asked for.
    }
  }
}
