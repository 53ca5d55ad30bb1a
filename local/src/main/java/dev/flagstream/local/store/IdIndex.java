package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map.Entry;

/** The index of {@code _id}: the documents themselves, which lie in the order of their ids. */
final class IdIndex extends AbstractUniqueIndex<DocumentKey> {

  private final RocksCollection collection;

  IdIndex(RocksCollection collection, String name, List<IndexKey> keys) {
    super(name, keys, false);
    this.collection = collection;
  }

  @Override
  public DocumentKey getPosition(Document document) {
    return collection.keyOf(document);
  }

  @Override
  protected DocumentKey getPosition(KeyValue id) {
    DocumentKey key = DocumentKey.ofId(id.get(0));
    return collection.has(key) ? key : null;
  }

  @Override
  public synchronized void add(
      Document document, DocumentKey key, MongoCollection<DocumentKey> added) {
    // The document is in its place already.
  }

  @Override
  public synchronized DocumentKey remove(Document document) {
    DocumentKey key = collection.keyOf(document);
    return collection.has(key) ? key : null;
  }

  @Override
  public synchronized void checkUpdate(
      Document before, Document after, MongoCollection<DocumentKey> changed) {
    // An id never changes.
  }

  @Override
  public void updateInPlace(
      Document before, Document after, DocumentKey key, MongoCollection<DocumentKey> changed) {
    // An id never changes.
  }

  @Override
  protected DocumentKey removeDocument(KeyValue id) {
    throw new UnsupportedOperationException("The entry is the document");
  }

  @Override
  protected boolean putKeyPosition(KeyValue id, DocumentKey key) {
    throw new UnsupportedOperationException("The entry is the document");
  }

  @Override
  protected Iterable<Entry<KeyValue, DocumentKey>> getIterable() {
    throw new UnsupportedOperationException("The collection finds its documents itself");
  }

  @Override
  public synchronized boolean canHandle(Document query) {
    return false;
  }

  @Override
  public long getCount() {
    return collection.count();
  }

  @Override
  public long getDataSize() {
    return 0;
  }
}
