package dev.flagstream.udf.model.store;

import java.io.IOException;
import java.io.InputStream;

/** Where a store of bundles answers. Thread-safe. */
public interface StoreAddress {

  /** How long a connection may take, and how long a byte, in milliseconds. */
  int TIMEOUT_MS = 30_000;

  /** Whether a setting names such a store, rather than a directory. */
  static boolean isOne(String value) {
    return value.matches("(?i)(https?|s3)://.*");
  }

  /**
   * What the store answers.
   *
   * @param status of HTTP
   * @param body the file, if the status is 200; closing it ends the exchange
   */
  record Answer(int status, InputStream body) implements AutoCloseable {

    @Override
    public void close() throws IOException {
      body.close();
    }
  }

  /**
   * Asks for a file.
   *
   * @param path of the file in the store, with {@code /} between its parts
   * @throws IOException if the store does not answer
   */
  Answer open(String path) throws IOException;

  /** What people call a file. */
  String shown(String path);

  /** What to do if the store does not let us read, after "the store answers 403: ". */
  String adviceIfForbidden();
}
