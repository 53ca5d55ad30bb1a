package dev.flagstream.client.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Some files of a table's day have given way to one other. Its being in the store is what makes it
 * so: from then on only the new file counts, wherever it is by then, and the old ones do not.
 *
 * @param table the folder of the table
 * @param day the folder of the day within it
 * @param number counts the replacements of the day, from 1; of two that were begun at the same time
 *     only one can have it
 * @param reason for people
 * @param replacedAtMs when it was written
 * @param inputs the files that no longer count
 * @param pending the new file's name until it is moved
 * @param output its name from then on
 * @param rows how many it has
 */
record Replacement(
    String table,
    String day,
    long number,
    String reason,
    long replacedAtMs,
    List<String> inputs,
    String pending,
    String output,
    long rows) {

  private static final String FOLDER = "_replaced/";
  private static final String DONE = ".done";
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  Replacement {
    inputs = List.copyOf(inputs);
  }

  /** Where the replacements of a table are. */
  static String folder(String table) {
    return FOLDER + table + "/";
  }

  static String name(String table, String day, long number) {
    return "%s%s/%09d.json".formatted(folder(table), day, number);
  }

  /** The day of a file in {@link #folder}. */
  static String dayOf(String name) {
    int end = name.lastIndexOf('/');
    return name.substring(name.lastIndexOf('/', end - 1) + 1, end);
  }

  /** The number of a file in {@link #folder}. */
  static long numberOf(String name) {
    return Long.parseLong(name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.')));
  }

  /** Whether a file in {@link #folder} says that nothing is left to be moved or removed. */
  static boolean isDone(String name) {
    return name.endsWith(DONE);
  }

  String name() {
    return name(table, day, number);
  }

  String doneName() {
    return name().replaceFirst("\\.json$", DONE);
  }

  byte[] bytes() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    } catch (IOException e) {
      throw new UncheckedIOException("A replacement cannot fail to be written", e);
    }
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws IOException naming the file if it is none
   */
  static Replacement read(LakeStore store, String name) throws IOException {
    byte[] content = store.read(name);
    try {
      return JSON.readValue(content, Replacement.class);
    } catch (IOException e) {
      throw new IOException(
          "%s in the lake %s cannot be read: %s".formatted(name, store.place(), e.getMessage()), e);
    }
  }
}
