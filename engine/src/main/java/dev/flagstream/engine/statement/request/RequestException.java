package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.entity.ErrorMessage;
import java.util.List;

/** A request that is answered with an error; the HTTP status is part of ksqlDB's error code. */
public final class RequestException extends RuntimeException {

  /** ksqlDB's codes of errors. */
  public enum Code {
    BAD_REQUEST(40000),
    BAD_STATEMENT(40001),
    QUERY_ENDPOINT(40002),
    HTTP2_ONLY(40004),
    UNAUTHORIZED(40100),
    FORBIDDEN(40300),
    NOT_FOUND(40400),
    EXPECTATION_FAILED(41700),
    SCHEMA_REGISTRY_UNCONFIGURED(42801),
    SERVER_ERROR(50000),
    NOT_READY(50300),
    COMMAND_QUEUE_CATCHUP_TIMEOUT(50301),
    SERVER_SHUTTING_DOWN(50302);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /** As clients see it. */
    public int number() {
      return number;
    }
  }

  private final ErrorMessage body;

  private RequestException(ErrorMessage body, Throwable cause) {
    super(body.message(), cause);
    this.body = body;
  }

  /** An error that no statement of the request is to blame for. */
  public static RequestException generic(Code code, String message) {
    return new RequestException(new ErrorMessage.Generic(code.number(), message), null);
  }

  /** An error that another server answered with, passed on with its HTTP status. */
  public static RequestException ofHttpStatus(int status, String message) {
    return new RequestException(new ErrorMessage.Generic(status * 100, message), null);
  }

  /** An error of one statement. */
  public static RequestException ofStatement(Code code, String message, String statementText) {
    return ofStatement(code, message, statementText, null);
  }

  /** An error of one statement. */
  public static RequestException ofStatement(
      Code code, String message, String statementText, Throwable cause) {
    return new RequestException(
        new ErrorMessage.OfStatement(code.number(), message, statementText, List.of()), cause);
  }

  /**
   * The same, which also tells the answers of the statements of the request before it: they were
   * carried out.
   */
  public RequestException after(List<Entity> answers) {
    return body instanceof ErrorMessage.OfStatement failed
        ? new RequestException(
            new ErrorMessage.OfStatement(
                failed.errorCode(), failed.message(), failed.statementText(), answers),
            getCause())
        : this;
  }

  /** The HTTP status of the answer. */
  public int httpStatus() {
    return body.errorCode() / 100;
  }

  /** The body of the answer. */
  public ErrorMessage body() {
    return body;
  }
}
