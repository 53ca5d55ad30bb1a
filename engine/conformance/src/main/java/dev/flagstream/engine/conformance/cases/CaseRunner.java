package dev.flagstream.engine.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.UnknownFunctionException;
import dev.flagstream.engine.offline.JsonDifference;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.parser.SqlSyntaxException;
import dev.flagstream.engine.planner.refusal.StatementException;
import dev.flagstream.engine.topology.log.ProcessingLogLines;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Header;

/** Runs cases, each on a fresh engine. Thread-safe. */
final class CaseRunner {

  private final FunctionCatalog functions;
  private final Set<String> extensions;

  /**
   * A runner.
   *
   * @param extensions the names of those functions that are not built in
   */
  CaseRunner(FunctionCatalog functions, Set<String> extensions) {
    this.functions = functions;
    this.extensions = extensions;
  }

  /** How a case ended, and why it did not pass. */
  private record End(CaseVerdict verdict, String detail) {
    static final End PASSED = new End(CaseVerdict.PASSED, "");
  }

  CaseResult run(ValidationCase validationCase) {
    ExtensionUse noted = new ExtensionUse(functions, extensions);
    End end = run(validationCase, noted);
    return new CaseResult(validationCase, end.verdict(), end.detail(), noted.used());
  }

  private static End run(ValidationCase validationCase, FunctionCatalog functions) {
    LogLines log = new LogLines();
    // All records, also those that statements insert, are given to each query once, at the end.
    Map<String, String> properties = new HashMap<>(validationCase.properties());
    properties.putIfAbsent("auto.offset.reset", "latest");
    try (OfflineEngine engine = new OfflineEngine(functions, properties, log)) {
      return difference(validationCase, engine)
          .map(found -> new End(found.kind(), found.text() + log))
          .orElse(End.PASSED);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return ofError(validationCase, e, log);
    }
  }

  private static End ofError(ValidationCase validationCase, Throwable error, LogLines log) {
    Optional<String> expected = validationCase.expectedMessage();
    if (expected.isPresent() && says(error, expected.get(), validationCase.statements())) {
      return End.PASSED;
    }
    Optional<String> missing = missingFeature(error);
    if (missing.isPresent() && expected.filter(CaseRunner::isOfUnknownFunction).isEmpty()) {
      return new End(CaseVerdict.UNSUPPORTED, missing.get());
    }
    if (expected.isEmpty()) {
      CaseVerdict verdict = isRefusal(error) ? CaseVerdict.REFUSED : CaseVerdict.INTERNAL;
      return new End(verdict, "refused: " + shown(error) + log);
    }
    return new End(
        isRefusal(error) ? CaseVerdict.MESSAGE : CaseVerdict.INTERNAL,
        "refused as expected, but with the message\n  "
            + indented(shown(error))
            + "\nexpected\n  "
            + indented(expected.get()));
  }

  private static boolean isOfUnknownFunction(String message) {
    return message.contains("Can't find any functions with the name");
  }

  /** What the engine lacks, where it refused for that. */
  private static Optional<String> missingFeature(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedFeatureException unsupported) {
        return Optional.of(unsupported.getMessage());
      }
      if (cause instanceof UnknownFunctionException unknown) {
        return Optional.of("There is no function " + unknown.functionName() + ".");
      }
    }
    return Optional.empty();
  }

  /** A refusal says all in its message; where something else went wrong, it matters where. */
  private static String shown(Throwable error) {
    return isRefusal(error) ? error.getMessage() : stackTrace(error);
  }

  private static boolean isRefusal(Throwable error) {
    return error instanceof SqlException || error instanceof SqlSyntaxException;
  }

  private static boolean says(Throwable error, String expected, List<String> statements) {
    return String.valueOf(error.getMessage()).contains(expected)
        || (expected.contains("\nStatement: ")
            && (withStatement(error, statements).contains(expected)
                || QuotedStatement.inMessage(String.valueOf(error.getMessage()), statements)
                    .contains(expected)));
  }

  private static String withStatement(Throwable error, List<String> statements) {
    if (error instanceof StatementException refused) {
      String quoted = QuotedStatement.withoutAddedSettings(refused.statement(), statements);
      return refused.getMessage() + "\nStatement: " + quoted;
    }
    return error instanceof SqlSyntaxException syntax
        ? syntax.getMessage() + "\nStatement: " + syntax.statementText()
        : "";
  }

  private static String stackTrace(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString().lines().limit(25).reduce("", (all, line) -> all + line + "\n").trim();
  }

  private static String indented(String text) {
    return text.replace("\n", "\n  ");
  }

  private static Optional<Difference> difference(
      ValidationCase validationCase, OfflineEngine engine) {
    // One text, as ksqlDB runs them: messages count lines from the first statement.
    engine.run(String.join("\n", validationCase.statements()));
    if (validationCase.expectedMessage().isPresent()) {
      return Optional.of(
          new Difference(
              CaseVerdict.ACCEPTED,
              "accepted, expected a refusal saying\n  "
                  + indented(validationCase.expectedMessage().get())));
    }
    List<Map.Entry<String, OfflineRecord>> sent = new ArrayList<>();
    for (CaseRecord input : validationCase.inputs()) {
      sent.add(Map.entry(input.topic(), offline(input, recordJson(engine, input.topic()))));
    }
    engine.runOneByOne(sent);
    Optional<Difference> written = outputDifference(validationCase, engine);
    return written
        .filter(found -> found.kind() == CaseVerdict.RESULT)
        .or(() -> PostConditions.difference(validationCase.post(), engine).map(CaseRunner::schema))
        .or(() -> written);
  }

  private static Difference schema(String text) {
    return new Difference(CaseVerdict.SCHEMA, text);
  }

  private static OfflineRecord offline(CaseRecord input, RecordJson json) {
    return new OfflineRecord(
        json.keyBytes(input.key()),
        json.valueBytes(input.value()),
        input.timestampMs().orElse(0),
        input.headers().orElse(List.of()));
  }

  private static RecordJson recordJson(OfflineEngine engine, String topic) {
    return engine
        .sourceOf(topic)
        .map(RecordJson::new)
        .orElseThrow(
            () -> new IllegalArgumentException("No stream or table is over topic " + topic));
  }

  /** A difference in values, if there is any, else the first in bytes. */
  private static Optional<Difference> outputDifference(
      ValidationCase validationCase, OfflineEngine engine) {
    Map<String, List<CaseRecord>> byTopic = new LinkedHashMap<>();
    validationCase.sinks().forEach(topic -> byTopic.put(topic, new ArrayList<>()));
    validationCase
        .outputs()
        .forEach(
            output -> byTopic.computeIfAbsent(output.topic(), t -> new ArrayList<>()).add(output));
    Optional<Difference> bytes = Optional.empty();
    for (Map.Entry<String, List<CaseRecord>> entry : byTopic.entrySet()) {
      Optional<Difference> found =
          topicDifference(entry.getKey(), entry.getValue(), engine, validationCase.recorded());
      if (found.isPresent() && found.get().kind() == CaseVerdict.RESULT) {
        return found;
      }
      bytes = bytes.or(() -> found);
    }
    return bytes;
  }

  private static Optional<Difference> topicDifference(
      String topic, List<CaseRecord> expected, OfflineEngine engine, boolean recorded) {
    List<OfflineRecord> actual = engine.written(topic);
    RecordJson json = recordJson(engine, topic);
    int both = Math.min(expected.size(), actual.size());
    for (int i = 0; i < both; i++) {
      Optional<String> found = recordDifference(expected.get(i), actual.get(i), json);
      if (found.isPresent()) {
        return Optional.of(
            new Difference(
                CaseVerdict.RESULT,
                "record " + i + " of topic " + topic + ": " + found.get() + listing(json, actual)));
      }
    }
    if (expected.size() != actual.size()) {
      String text = "%d records in topic %s, expected %d";
      return Optional.of(
          new Difference(
              CaseVerdict.RESULT,
              text.formatted(actual.size(), topic, expected.size()) + listing(json, actual)));
    }
    // Cases written by hand say nothing of bytes.
    return recorded ? byteDifference(topic, expected, actual, json) : Optional.empty();
  }

  private static Optional<Difference> byteDifference(
      String topic, List<CaseRecord> expected, List<OfflineRecord> actual, RecordJson json) {
    for (int i = 0; i < actual.size(); i++) {
      CaseRecord wanted = expected.get(i);
      OfflineRecord record = actual.get(i);
      Optional<String> found =
          ByteDifference.find(
                  "key",
                  json.keyFormat(),
                  wanted.key().columns(),
                  json.key(record.key()).columns(),
                  record.key())
              .or(
                  () ->
                      ByteDifference.find(
                          "value",
                          json.valueFormat(),
                          wanted.value(),
                          json.value(record.value()),
                          record.value()));
      if (found.isPresent()) {
        return Optional.of(
            new Difference(
                CaseVerdict.BYTES, "record " + i + " of topic " + topic + ": " + found.get()));
      }
    }
    return Optional.empty();
  }

  private static String listing(RecordJson json, List<OfflineRecord> records) {
    StringBuilder text = new StringBuilder("\nthe topic holds:");
    records.forEach(
        content ->
            text.append("\n  ")
                .append(json.key(content.key()))
                .append(" | ")
                .append(json.value(content.value()))
                .append(" | ")
                .append(content.timestampMs()));
    return text.toString();
  }

  private static Optional<String> recordDifference(
      CaseRecord expected, OfflineRecord actual, RecordJson json) {
    RecordJson.Key key = json.key(actual.key());
    return JsonDifference.find("key", expected.key().columns(), key.columns())
        .filter(text -> !json.sameKey(expected.key().columns(), key.columns()))
        .or(() -> valueDifference(expected.value(), actual.value(), json))
        .or(() -> unless(expected.key().window().equals(key.window()), "window", key::window))
        .or(
            () ->
                unless(
                    expected.timestampMs().isEmpty()
                        || expected.timestampMs().getAsLong() == actual.timestampMs(),
                    "timestamp",
                    actual::timestampMs))
        .or(
            () ->
                unless(
                    expected.headers().isEmpty()
                        || expected.headers().get().equals(actual.headers()),
                    "headers",
                    () -> actual.headers().stream().map(Header::key).toList()));
  }

  /** Values that look different may still be the same once read with the topic's schema. */
  private static Optional<String> valueDifference(
      JsonNode expected, byte[] actual, RecordJson json) {
    return JsonDifference.find("value", expected, json.value(actual))
        .filter(text -> !json.sameValue(expected, actual));
  }

  private static Optional<String> unless(boolean fine, String what, Supplier<Object> actual) {
    return fine ? Optional.empty() : Optional.of(what + " is " + actual.get());
  }

  /** The processing log, for the report. */
  private static final class LogLines extends ProcessingLogLines {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      String trace = cause.map(e -> "\n  " + stackTrace(e)).orElse("");
      super.failed(logger, message + trace, cause, row);
    }

    @Override
    protected void add(String line) {
      lines.add(line);
    }

    @Override
    public String toString() {
      return lines.isEmpty() ? "" : "\nprocessing log:\n  " + String.join("\n  ", lines);
    }
  }
}
