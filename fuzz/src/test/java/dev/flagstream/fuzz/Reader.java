package dev.flagstream.fuzz;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The readers that are fuzzed; the most exposed first. */
enum Reader {
  JSON("records in JSON, as rows of every type", 4096, RowsOfFormat::json),
  SQL("the text of statements, parsed, printed and parsed again", 2048, SqlText::new),
  STATEMENTS("the text of statements, planned and run beside others", 1024, SqlStatements::new),
  REST("requests to a SQL server, HTTP/1.1 and HTTP/2", 2048, RestRequests::new),
  CSV("files that are replayed", 4096, CsvReplay::new),
  MANIFEST("manifests of model bundles", 16_384, ModelManifest::new),
  MOJO("the files in a model's zip, and the zip itself", 4096, ModelFiles::new),
  CONNECTORS("configurations of connectors", 2048, ConnectorConfiguration::new),
  FUNCTIONS(
      "values for every function, the UDF jar's and those built in", 1024, FunctionCalls::new),
  AGGREGATES("values for every aggregate function", 1024, AggregateCalls::new),
  EXPRESSIONS("choices that draw expressions and rows", 1024, () -> GuidedTargets.EXPRESSIONS),
  SCRIPTS("choices that draw statements and records", 1024, () -> GuidedTargets.SCRIPTS),
  DELIMITED("records in DELIMITED", 2048, RowsOfFormat::delimited),
  KAFKA("records in KAFKA, of each type", 256, RowsOfFormat::kafka);

  private final String description;
  private final int longest;

  @SuppressWarnings("ImmutableEnumChecker") // a method that makes a new one
  private final Supplier<FuzzTarget> target;

  Reader(String description, int longest, Supplier<FuzzTarget> target) {
    this.description = description;
    this.longest = longest;
    this.target = target;
  }

  /** As commands and folders name it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  /** Of how many bytes an input has at most that a fuzzer makes. */
  int longest() {
    return longest;
  }

  /** Makes a new target; what it needs to run, such as a server, goes on until the JVM ends. */
  FuzzTarget open() {
    return target.get();
  }

  /**
   * The reader of an id.
   *
   * @throws IllegalArgumentException naming those there are
   */
  static Reader of(String id) {
    return Arrays.stream(values())
        .filter(reader -> reader.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is none of %s"
                        .formatted(
                            id,
                            Arrays.stream(values())
                                .map(Reader::id)
                                .collect(Collectors.joining(", ")))));
  }
}
