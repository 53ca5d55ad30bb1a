package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names a user may want to type next: of streams, tables, their columns and functions, asked of
 * the server now and then.
 */
final class CompletionNames {

  private static final Duration KEEP = Duration.ofSeconds(10);

  private final ServerClient server;
  private Set<String> names = Set.of();
  private long askedAtNs;
  private boolean stale = true;

  CompletionNames(ServerClient server) {
    this.server = server;
  }

  /** The names known; the server is asked again if the last answer is old. */
  synchronized Set<String> all() {
    if (stale || System.nanoTime() - askedAtNs > KEEP.toNanos()) {
      names = ask();
      askedAtNs = System.nanoTime();
      stale = false;
    }
    return names;
  }

  /** Makes the next call ask the server again: something may have changed. */
  synchronized void forget() {
    stale = true;
  }

  private Set<String> ask() {
    TreeSet<String> found = new TreeSet<>();
    ShellSession session = new ShellSession(ShellSession.OutputFormat.TABULAR);
    try {
      for (String kind : new String[] {"STREAMS", "TABLES"}) {
        JsonNode answer = server.execute("DESCRIBE " + kind + ";", session).path(0);
        for (JsonNode source : answer.path("sourceDescriptions")) {
          found.add(source.path("name").asText());
          source.path("fields").forEach(field -> found.add(field.path("name").asText()));
        }
      }
      JsonNode functions = server.execute("SHOW FUNCTIONS;", session).path(0).path("functions");
      functions.forEach(function -> found.add(function.path("name").asText()));
    } catch (SqlError e) {
      // Completion is a convenience: without the server there are just no names.
      return found;
    }
    return found;
  }
}
