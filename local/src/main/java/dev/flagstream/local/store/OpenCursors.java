package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.CursorRegistry;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Cursors that clients have not read to their end. One that nobody asks for 10 minutes is
 * forgotten, as in MongoDB. Thread-safe.
 */
final class OpenCursors {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final CursorRegistry registry;
  private final Queue<StreamCursor> cursors = new ConcurrentLinkedQueue<>();

  OpenCursors(CursorRegistry registry) {
    this.registry = registry;
  }

  /** A number for a cursor. */
  long newId() {
    return registry.generateCursorId();
  }

  /** Keeps a cursor, for which clients can ask from now on. */
  void add(StreamCursor cursor) {
    forgetOld();
    registry.add(cursor);
    cursors.add(cursor);
  }

  private void forgetOld() {
    long now = System.nanoTime();
    cursors.removeIf(
        cursor -> {
          boolean old = cursor.isEmpty() || now - cursor.lastUsedNanos() > PATIENCE.toNanos();
          if (old) {
            registry.remove(cursor);
          }
          return old;
        });
  }
}
