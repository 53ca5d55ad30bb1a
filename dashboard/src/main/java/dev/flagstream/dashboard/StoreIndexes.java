package dev.flagstream.dashboard;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import dev.flagstream.dashboard.cases.StoreNames;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The indexes without which queries of the page would look at every document. They are made once;
 * if the store is away, this tries again until it answers.
 */
final class StoreIndexes implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreIndexes.class);
  private static final long PAUSE_SECONDS = 5;

  /** Of MongoDB: the user may not do it. */
  private static final int UNAUTHORIZED = 13;

  private final MongoDatabase database;
  private final CountDownLatch closed = new CountDownLatch(1);

  private StoreIndexes(MongoDatabase database) {
    this.database = database;
  }

  /** Starts to make them, in a thread of its own. */
  static StoreIndexes ensure(MongoDatabase database) {
    StoreIndexes indexes = new StoreIndexes(database);
    Thread thread = new Thread(indexes::untilMade, "dashboard-indexes");
    thread.setDaemon(true);
    thread.start();
    return indexes;
  }

  private void untilMade() {
    try {
      do {
        try {
          make();
          return;
        } catch (MongoException e) {
          if (e.getCode() == UNAUTHORIZED) {
            LOG.info(
                "The store's user only reads: whoever may makes the indexes of collections.js");
            return;
          }
          LOG.warn("The indexes cannot be made yet", e);
        }
      } while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      LOG.debug("The client was closed meanwhile", e);
    }
  }

  private void make() {
    MongoCollection<Document> flagged = database.getCollection(StoreNames.FLAGGED);
    flagged.createIndex(Indexes.ascending("event_time", "_id"));
    flagged.createIndex(Indexes.ascending("merchant_id", "event_time"));
    database.getCollection(StoreNames.BY_CATEGORY).createIndex(Indexes.ascending("window_start"));
    MongoCollection<Document> scored = database.getCollection(StoreNames.SCORED);
    scored.createIndex(Indexes.ascending("card_token", "event_time"));
    scored.createIndex(Indexes.ascending("event_time", "_id"));
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
