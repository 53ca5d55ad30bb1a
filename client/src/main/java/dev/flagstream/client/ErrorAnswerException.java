package dev.flagstream.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** An answer with an HTTP status that means an error. The message is the server's own. */
public final class ErrorAnswerException extends IOException {

  private static final long serialVersionUID = 1L;
  private static final int SERVER_ERROR = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String request;
  private final int status;
  private final String statement;

  private ErrorAnswerException(String request, int status, String message, String statement) {
    super(message);
    this.request = request;
    this.status = status;
    this.statement = statement;
  }

  /** Takes the message from the body, which usually is a JSON object with a message. */
  static ErrorAnswerException of(String request, int status, String body) {
    JsonNode error;
    try {
      error = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      error = JSON.missingNode();
    }
    return new ErrorAnswerException(
        request,
        status,
        error.path("message").asText(body),
        error.path("statementText").asText(null));
  }

  /** The HTTP status, 300 or more. */
  public int status() {
    return status;
  }

  /** Whether the same request may be answered otherwise a little later. */
  boolean mayPass() {
    return status >= SERVER_ERROR;
  }

  /** The statement that the server complains of; null if it names none. */
  String statement() {
    return statement;
  }

  /** The request, the status and the message in one sentence. */
  String sentence() {
    return request + " answered " + status + ": " + getMessage();
  }
}
