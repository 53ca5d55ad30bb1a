package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import java.util.Set;

/** An index whose values any number of documents may have. */
final class SortedIndex extends Index<DocumentKey> {

  private final RocksCollection collection;
  private final IndexEntries entries;

  SortedIndex(
      RocksCollection collection,
      String name,
      List<IndexKey> keys,
      boolean sparse,
      IndexEntries entries) {
    super(name, keys, sparse);
    this.collection = collection;
    this.entries = entries;
  }

  @Override
  public DocumentKey getPosition(Document document) {
    return collection.keyOf(document);
  }

  @Override
  public void checkAdd(Document document, MongoCollection<DocumentKey> added) {
    // Several arrays in one document have no place in an index.
    Set<KeyValue> unused = valuesOf(document);
  }

  @Override
  public void add(Document document, DocumentKey key, MongoCollection<DocumentKey> added) {
    if (!entries.leavesOut(document)) {
      entries.noteArrays(document);
      getKeyValues(document).forEach(values -> entries.put(values, key));
    }
  }

  @Override
  public DocumentKey remove(Document document) {
    DocumentKey key = collection.keyOf(document);
    valuesOf(document).forEach(each -> entries.delete(each, key));
    return key;
  }

  @Override
  public void checkUpdate(Document before, Document after, MongoCollection<DocumentKey> changed) {
    checkAdd(after, changed);
  }

  @Override
  public void updateInPlace(
      Document before, Document after, DocumentKey key, MongoCollection<DocumentKey> changed) {
    if (!nullAwareEqualsKeys(before, after)) {
      valuesOf(before).forEach(each -> entries.delete(each, key));
      add(after, key, changed);
    }
  }

  private Set<KeyValue> valuesOf(Document document) {
    return entries.leavesOut(document) ? Set.of() : getKeyValues(document);
  }

  @Override
  public boolean canHandle(Document query) {
    return false;
  }

  @Override
  public Iterable<DocumentKey> getPositions(Document query) {
    throw new UnsupportedOperationException("The collection finds its documents itself");
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

  @Override
  public void drop() {
    // The catalog removes the entries.
  }
}
