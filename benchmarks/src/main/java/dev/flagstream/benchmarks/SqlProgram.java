package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.Workload;
import dev.flagstream.client.SqlClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The SQL engine, given statements over its REST API. */
final class SqlProgram implements Program {

  private static final String GROUP_PREFIX = "_confluent-ksql-benchmark_query_";

  private final AnsweringProcess process;
  private final SqlClient client;
  private String queryId;

  /** Starts the server; the UDF jar is in {@code extensions}. */
  SqlProgram(JobSettings settings, Path extensions, List<String> javaOptions, Path errors) {
    this.process =
        AnsweringProcess.start(
            SqlProcess.class,
            javaOptions,
            List.of(
                "--bootstrap-servers=" + settings.bootstrapServers(),
                "--guarantee=" + settings.guarantee(),
                "--state-dir=" + settings.stateDirectory(),
                "--extension-dir=" + extensions),
            errors);
    this.client = new SqlClient(process.answer());
    client.execute(Workload.sources());
  }

  @Override
  public String name() {
    return "SQL engine";
  }

  @Override
  public String start(Workload workload, String sink) {
    queryId =
        client
            .execute(workload.statement(sink))
            .path(0)
            .path("commandStatus")
            .path("queryId")
            .asText();
    return GROUP_PREFIX + queryId;
  }

  @Override
  public void stop() {
    client.execute("TERMINATE " + queryId + ";");
  }

  @Override
  public Duration cpu() {
    return process.cpu();
  }

  @Override
  public void close() {
    process.close();
  }
}
