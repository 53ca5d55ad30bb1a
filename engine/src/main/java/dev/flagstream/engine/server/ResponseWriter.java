package dev.flagstream.engine.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Semaphore;

/**
 * Sends a response in chunks from threads that may block: the writer waits while the client is slow
 * to read, or does not read at all, so that no more than 1 MiB, or one chunk that is larger, is
 * held in memory.
 */
final class ResponseWriter {

  /** How much may be under way to one client. */
  private static final int ROOM_KIB = 1024;

  private final EventLoop loop;
  private final HttpServerResponse response;
  private final Semaphore room = new Semaphore(ROOM_KIB);
  private volatile boolean closed;

  /**
   * Must be made on the response's event loop.
   *
   * @param onClosed runs once, on the event loop, when the client goes away before the end
   */
  ResponseWriter(EventLoop loop, HttpServerResponse response, Runnable onClosed) {
    this.loop = loop;
    this.response = response;
    response.exceptionHandler(failure -> close(onClosed));
    response.closeHandler(ignored -> close(onClosed));
  }

  private void close(Runnable onClosed) {
    if (!closed) {
      closed = true;
      // Whoever waits for room must wake up to find the connection gone.
      room.release(ROOM_KIB);
      onClosed.run();
    }
  }

  /** Whether the client is gone. */
  boolean isClosed() {
    return closed;
  }

  /**
   * Sends a chunk, waiting for room. Not to be called on the event loop.
   *
   * @return false if the client is gone, or the server has stopped
   */
  boolean write(Buffer chunk) throws InterruptedException {
    // A short chunk takes room, too: each is an object of some size, and has a header.
    int needed = Math.min(ROOM_KIB, 1 + chunk.length() / 1024);
    room.acquire(needed);
    if (closed) {
      return false;
    }
    return loop.run(
        () -> {
          if (closed || response.ended()) {
            room.release(needed);
          } else {
            response.write(chunk).onComplete(written -> room.release(needed));
          }
        });
  }

  /** Ends the response after the chunks written before. */
  void end() {
    loop.run(
        () -> {
          if (!closed && !response.ended()) {
            response.end();
          }
        });
  }
}
