package dev.flagstream.dashboard.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;

/**
 * A body of any length that a thread which may block writes: it waits while the reader is slow, so
 * that a bounded number of bytes is in memory. For one thread.
 */
public final class StreamedBody extends OutputStream {

  private static final int MOST_PENDING = 16;
  private static final int CHUNK_BYTES = 32 * 1024;

  private final Context context;
  private final HttpServerResponse response;
  private final Semaphore room = new Semaphore(MOST_PENDING);
  private volatile boolean gone;
  private Buffer chunk = Buffer.buffer(CHUNK_BYTES);

  /** Must be made on the response's event loop. */
  public StreamedBody(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response.setChunked(true);
    response.exceptionHandler(problem -> leave());
    response.closeHandler(closed -> leave());
  }

  private void leave() {
    gone = true;
    // Whoever waits for room must wake up to find the reader gone.
    room.release(MOST_PENDING);
  }

  @Override
  public void write(int each) throws IOException {
    write(new byte[] {(byte) each}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    chunk.appendBytes(bytes, offset, length);
    if (chunk.length() >= CHUNK_BYTES) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    if (chunk.length() == 0) {
      return;
    }
    try {
      room.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the reader was awaited");
    }
    if (gone) {
      throw new IOException("the reader is gone");
    }
    Buffer full = chunk;
    chunk = Buffer.buffer(CHUNK_BYTES);
    context.runOnContext(
        ignored -> {
          if (gone || response.ended()) {
            room.release();
          } else {
            response.write(full).onComplete(written -> room.release());
          }
        });
  }

  @Override
  public void close() throws IOException {
    flush();
    context.runOnContext(
        ignored -> {
          if (!gone && !response.ended()) {
            Future<Void> unused = response.end();
          }
        });
  }

  /** Breaks the connection off, so that the reader knows that the body is not whole. */
  public void breakOff() {
    context.runOnContext(
        ignored -> {
          if (!gone) {
            Future<Void> unused = response.reset();
          }
        });
  }
}
