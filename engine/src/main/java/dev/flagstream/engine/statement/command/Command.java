package dev.flagstream.engine.statement.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement that changes the engine's state, as the command topic keeps it.
 *
 * @param statement one statement, variables filled in
 * @param streamsProperties the properties of the session it was given in
 * @param queryId the id of the query it starts; null if it starts none. Kept, so that a later
 *     version of the engine resumes the query and its state under the same name
 * @param version of this form of record
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record Command(
    String statement, Map<String, String> streamsProperties, String queryId, int version) {

  /** The form of record this engine writes and the newest it reads. */
  public static final int VERSION = 1;

  /** An id that the engine chose; one of {@code WITH (QUERY_ID=…)} need not look like that. */
  private static final Pattern NUMBERED_ID = Pattern.compile(".*_([0-9]{1,18})");

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  public Command {
    streamsProperties = streamsProperties == null ? Map.of() : Map.copyOf(streamsProperties);
  }

  /** A command in today's form. */
  static Command of(String statement, Map<String, String> properties, Optional<String> queryId) {
    return new Command(statement, properties, queryId.orElse(null), VERSION);
  }

  /** The number that ends the id of the query it starts; empty where no number does. */
  @JsonIgnore
  OptionalLong queryNumber() {
    Matcher id = NUMBERED_ID.matcher(queryId == null ? "" : queryId);
    return id.matches() ? OptionalLong.of(Long.parseLong(id.group(1))) : OptionalLong.empty();
  }

  byte[] toJson() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A command cannot be written as JSON", e);
    }
  }

  /**
   * Reads a record of the command topic.
   *
   * @throws UnreadableCommandException if it is no command, or one of a later version
   */
  static Command fromJson(byte[] json) {
    try {
      Command command = JSON.readValue(json, Command.class);
      if (command == null || command.statement() == null) {
        throw new UnreadableCommandException("has no statement", null);
      }
      if (command.version() > VERSION) {
        throw new UnreadableCommandException(
            "was written by a newer version of the engine (form %d, this one reads up to %d)"
                .formatted(command.version(), VERSION),
            null);
      }
      return command;
    } catch (IOException e) {
      throw new UnreadableCommandException("is no command in JSON", e);
    }
  }

  /** A record of the command topic that cannot be carried out. */
  static final class UnreadableCommandException extends RuntimeException {
    UnreadableCommandException(String what, Throwable cause) {
      super(what, cause);
    }
  }
}
