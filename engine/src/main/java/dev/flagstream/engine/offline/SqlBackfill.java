package dev.flagstream.engine.offline;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.topology.log.ProcessingLogLines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A long history on its way through SQL scripts, without a broker and in bounded memory: of all
 * that is written, only one topic's records come out, as they are written, and nothing is kept but
 * the state of tables. Everything is in one order, that in which records are sent, as with a single
 * partition. Not thread-safe.
 */
public final class SqlBackfill implements AutoCloseable {

  private final FailureCount failures = new FailureCount();
  private final OfflineEngine engine;
  private final String output;

  /**
   * Carries out what scripts hold.
   *
   * @param functions as loaded from the folder of UDF jars
   * @param properties the server's properties, such as {@code ksql.functions.card_token.key}
   * @param texts SQL, in order; leave out what the output does not need
   * @param output the topic whose records are wanted
   */
  public SqlBackfill(
      FunctionCatalog functions,
      Map<String, String> properties,
      List<String> texts,
      String output) {
    this.engine = new OfflineEngine(functions, properties, failures);
    this.output = output;
    try {
      texts.forEach(engine::run);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /**
   * As the constructor, for scripts in files.
   *
   * @param scripts SQL files, in order; leave out what the output does not need
   * @throws UncheckedIOException naming them, if one cannot be read
   */
  public static SqlBackfill ofScripts(
      FunctionCatalog functions,
      Map<String, String> properties,
      List<Path> scripts,
      String output) {
    return new SqlBackfill(functions, properties, texts(scripts), output);
  }

  /**
   * The texts of scripts, in order.
   *
   * @throws UncheckedIOException naming them, if one cannot be read
   */
  public static List<String> texts(List<Path> scripts) {
    try {
      List<String> texts = new ArrayList<>();
      for (Path script : scripts) {
        texts.add(Files.readString(script));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the SQL scripts " + scripts, e);
    }
  }

  /**
   * Sends a record and returns what came of it in the output topic, usually one record or none.
   *
   * @throws IllegalStateException if the SQL could not process the record, or only in part, saying
   *     why: a history with holes is none
   */
  public List<OfflineRecord> send(String topic, OfflineRecord sent) {
    List<OfflineRecord> came = engine.pass(topic, sent, output);
    failures.throwIfAny(topic);
    return came;
  }

  @Override
  public void close() {
    engine.close();
  }

  /** Keeps the first complaint since it was last asked. */
  private static final class FailureCount extends ProcessingLogLines {

    private final AtomicLong count = new AtomicLong();
    private volatile String first;

    @Override
    protected void add(String line) {
      if (count.getAndIncrement() == 0) {
        first = line;
      }
    }

    private void throwIfAny(String topic) {
      long failed = count.getAndSet(0);
      if (failed > 0) {
        throw new IllegalStateException(
            "A record of %s could not be processed: %s%s"
                .formatted(topic, first, failed > 1 ? " (and " + (failed - 1) + " more)" : ""));
      }
    }
  }
}
