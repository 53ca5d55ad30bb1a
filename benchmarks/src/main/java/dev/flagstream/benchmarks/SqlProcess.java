package dev.flagstream.benchmarks;

import dev.flagstream.engine.server.SqlServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The SQL server as a process of its own, until its standard input ends. */
public final class SqlProcess {

  private SqlProcess() {}

  /**
   * Arguments: bootstrap servers, processing guarantee, state directory, extension directory, and
   * further properties as {@code name=value}.
   */
  public static void main(String[] args) throws Exception {
    JobSettings settings = new JobSettings(args[0], args[1], Path.of(args[2]));
    Map<String, String> properties = new HashMap<>();
    settings.streams().forEach((name, value) -> properties.put("ksql.streams." + name, value));
    properties.put("bootstrap.servers", settings.bootstrapServers());
    properties.put("listeners", "http://127.0.0.1:0");
    properties.put("ksql.service.id", "benchmark_");
    properties.put("ksql.extension.dir", args[3]);
    for (int i = 4; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      properties.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    try (SqlServer server = SqlServer.start(properties)) {
      System.out.println(server.uri());
      while (System.in.read() >= 0) {
        // Nothing is asked here; the end of the input is the signal to stop.
      }
    }
  }
}
