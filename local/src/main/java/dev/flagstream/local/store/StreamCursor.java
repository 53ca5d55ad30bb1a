package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Documents that are found as a client asks for them, a batch at a time. Thread-safe. */
final class StreamCursor extends AbstractCursor {

  /** How many documents MongoDB puts into a first batch of which no size is said. */
  static final int USUAL_FIRST_BATCH = 101;

  private static final int LARGEST_BATCH = 1000;
  private static final int LARGEST_BATCH_BYTES = 16 * 1024 * 1024;

  private final Iterator<Document> documents;
  private long lastUsedNanos = System.nanoTime();

  StreamCursor(long id, Stream<Document> documents) {
    super(id);
    this.documents = documents.iterator();
  }

  @Override
  public synchronized boolean isEmpty() {
    return !documents.hasNext();
  }

  /**
   * The next documents, as many as fit into an answer.
   *
   * @param atMost how many; 0 for as many as are usual
   */
  @Override
  public synchronized List<Document> takeDocuments(int atMost) {
    lastUsedNanos = System.nanoTime();
    int limit = atMost > 0 ? atMost : LARGEST_BATCH;
    List<Document> taken = new ArrayList<>();
    long bytes = 0;
    while (taken.size() < limit && bytes < LARGEST_BATCH_BYTES && documents.hasNext()) {
      Document next = documents.next();
      taken.add(next);
      bytes += DocumentBytes.about(next);
    }
    return taken;
  }

  /** When a client last asked, as {@link System#nanoTime}. */
  synchronized long lastUsedNanos() {
    return lastUsedNanos;
  }
}
