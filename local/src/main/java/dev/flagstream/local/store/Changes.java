package dev.flagstream.local.store;

import java.util.function.Supplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;

/**
 * What is being changed in a collection: a document, its entries in the indexes and the counts, to
 * be written together or not at all. Used under the collection's lock only.
 */
final class Changes {

  /** How many documents there are and what they take as BSON, in bytes. Immutable. */
  record Counts(long documents, long bytes) {

    Counts plus(long moreDocuments, long moreBytes) {
      return new Counts(documents + moreDocuments, bytes + moreBytes);
    }
  }

  private final DocumentFiles files;
  private final StoreCatalog catalog;
  private final int collection;

  private volatile Counts written;
  private Counts pending;
  private WriteBatchWithIndex batch;

  Changes(DocumentFiles files, StoreCatalog catalog, int collection) {
    this.files = files;
    this.catalog = catalog;
    this.collection = collection;
    this.written = catalog.counts(collection);
    this.pending = written;
  }

  /**
   * Makes a change and writes it. If it fails, what has not been {@linkplain #commit() written} is
   * forgotten. A change within a change is a part of it.
   */
  <T> T make(Supplier<T> change) {
    if (batch != null) {
      return withinOther(change);
    }
    try (WriteBatchWithIndex opened = new WriteBatchWithIndex(true)) {
      batch = opened;
      T result = change.get();
      commit();
      return result;
    } finally {
      batch = null;
      pending = written;
    }
  }

  private <T> T withinOther(Supplier<T> change) {
    try {
      T result = change.get();
      commit();
      return result;
    } catch (RuntimeException e) {
      batch.clear();
      pending = written;
      throw e;
    }
  }

  /** Writes what has been changed since the last time. */
  void commit() {
    if (!pending.equals(written)) {
      catalog.putCounts(collection, pending, batch);
    }
    files.write(batch);
    written = pending;
  }

  /** The value of a key as it will be; null if there will be none. */
  byte[] get(byte[] key) {
    return batch == null ? files.get(key) : files.get(key, batch);
  }

  void put(byte[] key, byte[] value) {
    try {
      batch.put(key, value);
    } catch (RocksDBException e) {
      throw new IllegalStateException("A change could not be noted", e);
    }
  }

  void delete(byte[] key) {
    try {
      batch.delete(key);
    } catch (RocksDBException e) {
      throw new IllegalStateException("A change could not be noted", e);
    }
  }

  void count(long moreDocuments, long moreBytes) {
    pending = pending.plus(moreDocuments, moreBytes);
  }

  /** What has been written; may be asked from any thread. */
  Counts counts() {
    return written;
  }
}
