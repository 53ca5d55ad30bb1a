package dev.flagstream.engine.statement.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Guesses how bytes are to be read: keeps the formats that all bytes seen so far fit. */
final class FormatGuess {

  private static final String NOTHING_SEEN = "¯\\_(ツ)_/¯ - no data processed";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final List<Candidate> candidates =
      new ArrayList<>(
          List.of(
              new Candidate("JSON", FormatGuess::json),
              new Candidate("KAFKA_INT", b -> fixed(b, Integer.BYTES, ByteBuffer::getInt)),
              new Candidate("KAFKA_BIGINT", b -> fixed(b, Long.BYTES, ByteBuffer::getLong)),
              new Candidate("KAFKA_DOUBLE", b -> fixed(b, Double.BYTES, ByteBuffer::getDouble)),
              new Candidate("SESSION(JSON)", b -> session(b, FormatGuess::json)),
              new Candidate("HOPPING(JSON)", b -> window(b, FormatGuess::json)),
              new Candidate("TUMBLING(JSON)", b -> window(b, FormatGuess::json)),
              new Candidate("SESSION(KAFKA_STRING)", b -> session(b, FormatGuess::text)),
              new Candidate("HOPPING(KAFKA_STRING)", b -> window(b, FormatGuess::text)),
              new Candidate("TUMBLING(KAFKA_STRING)", b -> window(b, FormatGuess::text)),
              new Candidate("KAFKA_STRING", FormatGuess::text)));

  private boolean seenAny;

  /** A format and how it prints bytes; empty where they do not fit. */
  private record Candidate(String name, Printer printer) {}

  private interface Printer {
    Optional<String> print(byte[] bytes);
  }

  /** Takes bytes into account. */
  void look(byte[] bytes) {
    if (bytes != null) {
      seenAny = true;
      candidates.removeIf(candidate -> candidate.printer().print(bytes).isEmpty());
    }
  }

  /** The formats that fit, as ksqlDB names them. */
  String description() {
    if (!seenAny) {
      return NOTHING_SEEN;
    }
    return candidates.isEmpty()
        ? "UNRECOGNISED_BYTES"
        : candidates.stream().map(Candidate::name).collect(Collectors.joining(" or "));
  }

  /** The bytes in the likeliest format. */
  String print(byte[] bytes) {
    if (bytes == null) {
      return "<null>";
    }
    return candidates.stream()
        .map(candidate -> candidate.printer().print(bytes))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> hex(bytes));
  }

  private static Optional<String> json(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      JSON.readTree(bytes);
      return text(bytes);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean printable = text.chars().noneMatch(c -> c < ' ' && !Character.isWhitespace(c));
      return printable ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private interface Reader {
    Object read(ByteBuffer bytes);
  }

  private static Optional<String> fixed(byte[] bytes, int length, Reader reader) {
    return bytes.length == length
        ? Optional.of(String.valueOf(reader.read(ByteBuffer.wrap(bytes))))
        : Optional.empty();
  }

  /** A key followed by the start of its window. */
  private static Optional<String> window(byte[] bytes, Printer key) {
    int keyLength = bytes.length - Long.BYTES;
    if (keyLength < 0) {
      return Optional.empty();
    }
    long start = ByteBuffer.wrap(bytes).getLong(keyLength);
    return isPlausibleTime(start)
        ? key.print(Arrays.copyOf(bytes, keyLength)).map(text -> "[%s@%d/-]".formatted(text, start))
        : Optional.empty();
  }

  /** A key followed by the end and the start of its session. */
  private static Optional<String> session(byte[] bytes, Printer key) {
    int keyLength = bytes.length - 2 * Long.BYTES;
    if (keyLength < 0) {
      return Optional.empty();
    }
    long end = ByteBuffer.wrap(bytes).getLong(keyLength);
    long start = ByteBuffer.wrap(bytes).getLong(keyLength + Long.BYTES);
    return isPlausibleTime(start) && isPlausibleTime(end) && start <= end
        ? key.print(Arrays.copyOf(bytes, keyLength))
            .map(text -> "[%s@%d/%d]".formatted(text, start, end))
        : Optional.empty();
  }

  /** Between 1973 and 2286, so that the last bytes of a text are not taken for a time. */
  private static boolean isPlausibleTime(long epochMs) {
    return epochMs >= 100_000_000_000L && epochMs < 10_000_000_000_000L;
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder("0x");
    for (byte b : bytes) {
      hex.append("%02X".formatted(b));
    }
    return hex.toString();
  }
}
