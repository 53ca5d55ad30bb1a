package dev.flagstream.engine.statement.entity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.List;

/** The body of an answer that is not OK. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
public sealed interface ErrorMessage {

  /** ksqlDB's number of the error; its first three digits are the HTTP status. */
  int errorCode();

  /** What went wrong, for people. */
  String message();

  /** The request as such failed. */
  @JsonTypeName("generic_error")
  record Generic(@JsonProperty("error_code") int errorCode, String message)
      implements ErrorMessage {}

  /** One statement failed; {@code entities} are the answers of those before it. */
  @JsonTypeName("statement_error")
  record OfStatement(
      @JsonProperty("error_code") int errorCode,
      String message,
      String statementText,
      List<Entity> entities)
      implements ErrorMessage {}
}
