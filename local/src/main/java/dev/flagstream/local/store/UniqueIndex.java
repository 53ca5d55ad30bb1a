package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Map.Entry;

/** An index whose values only one document may have. */
final class UniqueIndex extends AbstractUniqueIndex<DocumentKey> {

  private final IndexEntries entries;

  UniqueIndex(String name, List<IndexKey> keys, boolean sparse, IndexEntries entries) {
    super(name, keys, sparse);
    this.entries = entries;
  }

  @Override
  protected DocumentKey removeDocument(KeyValue values) {
    DocumentKey document = entries.get(values);
    if (document != null) {
      entries.delete(values, document);
    }
    return document;
  }

  @Override
  protected boolean putKeyPosition(KeyValue values, DocumentKey document) {
    if (entries.get(values) != null) {
      return false;
    }
    entries.put(values, document);
    return true;
  }

  @Override
  public synchronized void add(
      Document document, DocumentKey key, MongoCollection<DocumentKey> collection) {
    super.add(document, key, collection);
    if (!entries.leavesOut(document)) {
      entries.noteArrays(document);
    }
  }

  @Override
  protected DocumentKey getPosition(KeyValue values) {
    return entries.get(values);
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
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public long getCount() {
    return entries.count();
  }

  @Override
  public long getDataSize() {
    return getCount();
  }
}
