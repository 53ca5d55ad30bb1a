package dev.flagstream.udf.model.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Reads files of a store. While the store is away, it waits, longer each time, and says so in the
 * server's log; after a while it gives up. Thread-safe.
 *
 * <p>What bounds the work of reading one: the bytes that it may have, 30 s without a byte, and the
 * patience for all that is read.
 */
public final class StoreReader {

  private static final Logger LOG = System.getLogger(StoreReader.class.getName());

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int BLOCK = 1 << 16;
  private static final int TOO_MANY_REQUESTS = 429;

  /** Lets time pass. */
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  private final StoreAddress address;
  private final Duration patience;
  private final LongSupplier nanos;
  private final Pause pause;
  private final long begunNanos;

  /**
   * A reader whose patience begins now.
   *
   * @param nanos a clock as {@link System#nanoTime}
   * @param pause how to wait
   */
  public StoreReader(StoreAddress address, Duration patience, LongSupplier nanos, Pause pause) {
    this.address = address;
    this.patience = patience;
    this.nanos = nanos;
    this.pause = pause;
    this.begunNanos = nanos.getAsLong();
  }

  /** The store's answer was one that may be another one in a while. */
  private static final class AwayException extends IOException {

    private static final long serialVersionUID = 1;

    AwayException(String message) {
      super(message);
    }
  }

  /**
   * A whole file.
   *
   * @param path of the file in the store
   * @param longest how many bytes it may have
   * @throws StoreException naming the file, why it cannot be had, and what to do
   */
  public byte[] read(String path, int longest) {
    Duration next = FIRST_PAUSE;
    while (true) {
      try {
        return readOnce(path, longest);
      } catch (IOException e) {
        String reason = e instanceof AwayException ? e.getMessage() : e.toString();
        Duration left = patience.minusNanos(nanos.getAsLong() - begunNanos);
        if (left.compareTo(next) < 0) {
          throw new StoreException(
              address.shown(path),
              "could not be read within %d s (%s); once the store answers, start the statement again"
                  .formatted(patience.toSeconds(), reason),
              e);
        }
        LOG.log(
            Level.WARNING,
            "The models are waited for: {0} could not be read ({1}); it is asked for again in {2}"
                + " s, for {3} s more",
            address.shown(path),
            reason,
            next.toSeconds(),
            left.toSeconds());
        await(next);
        next = next.multipliedBy(2);
        next = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
      }
    }
  }

  private void await(Duration time) {
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the models were waited for", e);
    }
  }

  private byte[] readOnce(String path, int longest) throws IOException {
    try (StoreAddress.Answer answer = address.open(path)) {
      if (answer.status() != HttpURLConnection.HTTP_OK) {
        throw refusal(path, answer.status());
      }
      return content(path, answer.body(), longest);
    }
  }

  private byte[] content(String path, InputStream body, int longest) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    for (int read = body.read(block); read >= 0; read = body.read(block)) {
      content.write(block, 0, read);
      if (content.size() > longest) {
        throw new StoreException(
            address.shown(path), "is longer than the " + longest + " bytes that it may have", null);
      }
      if (nanos.getAsLong() - begunNanos > patience.toNanos()) {
        throw new AwayException("it comes too slowly");
      }
    }
    return content.toByteArray();
  }

  private IOException refusal(String path, int status) {
    if (status >= HttpURLConnection.HTTP_INTERNAL_ERROR
        || status == HttpURLConnection.HTTP_CLIENT_TIMEOUT
        || status == TOO_MANY_REQUESTS) {
      return new AwayException("the store answers " + status);
    }
    throw new StoreException(
        address.shown(path),
        "cannot be read, the store answers %d: %s".formatted(status, advice(status)),
        null);
  }

  private String advice(int status) {
    if (status == HttpURLConnection.HTTP_NOT_FOUND) {
      return "there is no such file; make models-push TO=… makes all that belongs there";
    }
    if (status == HttpURLConnection.HTTP_FORBIDDEN
        || status == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return address.adviceIfForbidden();
    }
    return "is the address right, and the region?";
  }
}
