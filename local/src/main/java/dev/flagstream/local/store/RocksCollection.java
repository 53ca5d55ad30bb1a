package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.ImmutableFieldException;
import de.bwaldvogel.mongo.exception.IndexBuildFailedException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A collection whose documents lie in {@link DocumentFiles} as BSON, in the order of their ids.
 *
 * <p>Thread-safe: one change at a time, and any number of readers beside it, who wait for nothing.
 * A document and its entries in the indexes are written together or not at all.
 */
final class RocksCollection extends AbstractMongoCollection<DocumentKey> {

  private static final int INDEXED_AT_ONCE = 1000;

  private final OpenCursors cursors;
  private final DocumentFiles files;
  private final StoreCatalog catalog;
  private final int number;
  private final Keyspace documents;
  private final Changes changes;
  private final DocumentSearch search;

  /** Indexes that are being added, by their names. */
  private final Map<String, OpenedIndex> opened = new HashMap<>();

  private record OpenedIndex(IndexEntries entries, int number, boolean isBuilt) {}

  /** By their names, for readers; the list of the class above belongs to those who change. */
  private final Map<String, IndexEntries> searchable = new ConcurrentHashMap<>();

  RocksCollection(
      MongoDatabase database,
      String name,
      CollectionOptions options,
      CursorRegistry registry,
      OpenCursors cursors,
      DocumentFiles files,
      StoreCatalog catalog) {
    super(database, name, options, registry);
    this.cursors = cursors;
    this.files = files;
    this.catalog = catalog;
    this.number = catalog.collection(database.getDatabaseName() + "." + name);
    this.documents = Keyspace.documents(number);
    this.changes = new Changes(files, catalog, number);
    this.search = new DocumentSearch(files, documents, options.getIdField(), searchable);
  }

  /** Where a document with an id lies, or would lie. */
  DocumentKey keyOf(Document document) {
    return DocumentKey.of(document, getIdField());
  }

  /** Whether there is a document. */
  boolean has(DocumentKey key) {
    return files.has(documents.key(key.bytes()));
  }

  // Reading

  @Override
  protected QueryResult queryDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    if (batchSize <= 0) {
      return new QueryResult(() -> find(query, orderBy, skip, limit, fields).iterator());
    }
    StreamCursor found =
        new StreamCursor(cursors.newId(), find(query, orderBy, skip, limit, fields));
    List<Document> first = found.takeDocuments(batchSize);
    if (found.isEmpty()) {
      return new QueryResult(first);
    }
    cursors.add(found);
    return new QueryResult(first, found);
  }

  /**
   * The documents that a query matches, found as they are asked for.
   *
   * @param orderBy fields and directions; null or empty for none
   * @param skip how many of the first to leave out
   * @param limit how many at most; 0 for all
   * @param fields a projection; null or empty for whole documents
   */
  Stream<Document> find(Document query, Document orderBy, int skip, int limit, Document fields) {
    Stream<Document> found =
        find(query, orderBy, skip, limit, FieldsWanted.of(query, orderBy, fields, getIdField()));
    return fields == null || fields.isEmpty() ? found : found.map(each -> project(each, fields));
  }

  /**
   * The documents that go into an aggregation; they may lack what it has no use for.
   *
   * @param stages of the aggregation, after the search
   */
  Stream<Document> find(Document query, Document orderBy, int limit, List<Document> stages) {
    return find(query, orderBy, 0, limit, FieldsWanted.of(query, orderBy, stages, getIdField()));
  }

  private Stream<Document> find(
      Document query, Document orderBy, int skip, int limit, FieldsWanted fields) {
    int atMost = Math.abs(limit);
    Stream<Document> found =
        search.find(
            query,
            orderBy,
            document -> documentMatchesQuery(document, query),
            atMost == 0 ? Long.MAX_VALUE : (long) skip + atMost,
            fields,
            Thread.holdsLock(this));
    if (skip > 0) {
      found = found.skip(skip);
    }
    if (atMost > 0) {
      found = found.limit(atMost);
    }
    return found;
  }

  /** The projection of the library is its own; it is reached by a search in a single document. */
  private Document project(Document document, Document fields) {
    return matchDocumentsFromStream(new Document(), Stream.of(document), 0, 0, 0, null, fields)
        .iterator()
        .next();
  }

  @Override
  protected QueryResult matchDocuments(
      Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
    return queryDocuments(query, orderBy, skip, limit, batchSize, fields);
  }

  @Override
  protected Stream<DocumentWithPosition<DocumentKey>> streamAllDocumentsWithPosition() {
    Iterator<Scan.Entry> all = Scan.of(files, documents.prefix(), documents.end(), false);
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(all, Spliterator.ORDERED), false)
        .map(
            entry ->
                new DocumentWithPosition<>(
                    DocumentBytes.read(entry.value()),
                    DocumentKey.of(documents.rest(entry.key()))));
  }

  @Override
  protected Document getDocument(DocumentKey key) {
    byte[] bytes = files.get(documents.key(key.bytes()));
    return bytes == null ? null : DocumentBytes.read(bytes);
  }

  @Override
  protected Cursor createCursor(List<Document> remaining) {
    StreamCursor cursor = new StreamCursor(cursors.newId(), remaining.stream());
    cursors.add(cursor);
    return cursor;
  }

  @Override
  public int count() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, changes.counts().documents()));
  }

  @Override
  protected int getDataSize() {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, changes.counts().bytes()));
  }

  // Changing

  @Override
  public synchronized void addDocument(Document document) {
    changes.make(
        () -> {
          super.addDocument(document);
          return null;
        });
  }

  @Override
  protected DocumentKey addDocumentInternal(Document document) {
    DocumentKey key = getIdField() == null ? DocumentKey.random() : keyOf(document);
    byte[] bytes = DocumentBytes.of(document);
    changes.put(documents.key(key.bytes()), bytes);
    changes.count(1, bytes.length);
    return key;
  }

  @Override
  protected void handleUpdate(DocumentKey key, Document before, Document after) {
    put(key, files.get(documents.key(key.bytes())), DocumentBytes.of(after));
  }

  @Override
  protected void removeDocument(DocumentKey key) {
    byte[] place = documents.key(key.bytes());
    byte[] removed = files.get(place);
    if (removed != null) {
      changes.delete(place);
      changes.count(-1, -removed.length);
    }
    changes.commit();
  }

  @Override
  public synchronized void removeDocument(Document document) {
    changes.make(
        () -> {
          super.removeDocument(document);
          return null;
        });
  }

  @Override
  public synchronized Document updateDocuments(
      Document selector,
      Document update,
      ArrayFilters arrayFilters,
      boolean isMulti,
      boolean isUpsert,
      Oplog oplog) {
    return changes.make(
        () ->
            !isMulti && isReplacementById(selector, update)
                ? replace(selector, update, isUpsert, oplog)
                : super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog));
  }

  private boolean isReplacementById(Document selector, Document update) {
    return getIdField() != null
        && selector.size() == 1
        && SortableBytes.isOrdered(selector.get(getIdField()))
        && update.keySet().stream().noneMatch(field -> field.startsWith("$"));
  }

  /**
   * Puts a document in the place of another: what the sinks do all day. The library would keep the
   * order of the fields that were there before.
   */
  private Document replace(Document selector, Document update, boolean isUpsert, Oplog oplog) {
    Object id = selector.get(getIdField());
    DocumentKey key = DocumentKey.ofId(id);
    byte[] before = files.get(documents.key(key.bytes()));
    Object idToKeep = before == null ? id : DocumentReader.field(before, getIdField());
    Document after = new Document(getIdField(), idToKeep);
    update.forEach(after::putIfAbsent);
    if (update.containsKey(getIdField()) && !keyOf(update).equals(key)) {
      throw new ImmutableFieldException(
          "After applying the update, the (immutable) field '_id' was found to have been altered to"
              + " _id: "
              + update.get(getIdField()));
    }
    if (before != null) {
      boolean changed = replace(key, before, after);
      oplog.handleUpdate(getFullName(), selector, update, changed ? List.of(id) : List.of());
      return new Document("n", 1).append("nModified", changed ? 1 : 0);
    }
    if (!isUpsert) {
      return new Document("n", 0).append("nModified", 0);
    }
    addDocument(after);
    oplog.handleInsert(getFullName(), List.of(after));
    return new Document("upserted", id).append("n", 0).append("nModified", 0);
  }

  /** The document that was there is read only if an index needs to know it. */
  private boolean replace(DocumentKey key, byte[] bytesBefore, Document after) {
    byte[] bytes = DocumentBytes.of(after);
    if (Arrays.equals(bytesBefore, bytes)) {
      return false;
    }
    List<Index<DocumentKey>> others =
        getIndexes().stream().filter(index -> !(index instanceof IdIndex)).toList();
    if (!others.isEmpty()) {
      Document before = DocumentBytes.read(bytesBefore);
      for (Index<DocumentKey> index : others) {
        index.checkUpdate(before, after, this);
      }
      for (Index<DocumentKey> index : others) {
        index.updateInPlace(before, after, key, this);
      }
    }
    put(key, bytesBefore, bytes);
    return true;
  }

  private void put(DocumentKey key, byte[] before, byte[] after) {
    changes.put(documents.key(key.bytes()), after);
    changes.count(0, after.length - (before == null ? 0 : before.length));
    changes.commit();
  }

  @Override
  public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
    return changes.make(() -> super.deleteDocuments(selector, limit, oplog));
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return changes.make(() -> super.findAndModify(query));
  }

  /** The bytes are counted with each change, where they are known. */
  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  protected void updateDataSize(int difference) {
    throw new UnsupportedOperationException("Counted with each change");
  }

  // Indexes

  /**
   * Opens an index that has been built before, or prepares one that {@link #addIndex} builds.
   *
   * @param make makes the index of its entries
   */
  synchronized Index<DocumentKey> openIndex(
      String name,
      List<IndexKey> keys,
      boolean sparse,
      boolean unique,
      Function<IndexEntries, Index<DocumentKey>> make) {
    Optional<Integer> known = catalog.index(number, name);
    int index = known.orElseGet(catalog::beginIndex);
    List<String> fields = keys.stream().map(IndexKey::getKey).toList();
    IndexEntries entries = new IndexEntries(files, changes, catalog, index, fields, sparse, unique);
    opened.put(name, new OpenedIndex(entries, index, known.isPresent()));
    return make.apply(entries);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Its entries are written as it is built, and count once all are there.
   */
  @Override
  public synchronized void addIndex(Index<DocumentKey> index) {
    OpenedIndex added = opened.remove(index.getName());
    if (added != null && !added.isBuilt()) {
      build(index, added);
    }
    super.addIndex(index);
    if (added != null) {
      searchable.putIfAbsent(index.getName(), added.entries());
    }
  }

  private void build(Index<DocumentKey> index, OpenedIndex added) {
    try {
      changes.make(
          () -> {
            Iterator<DocumentWithPosition<DocumentKey>> all =
                streamAllDocumentsWithPosition().iterator();
            for (int built = 1; all.hasNext(); built++) {
              DocumentWithPosition<DocumentKey> next = all.next();
              index.checkAdd(next.getDocument(), this);
              index.add(next.getDocument(), next.getPosition(), this);
              if (built % INDEXED_AT_ONCE == 0) {
                changes.commit();
              }
            }
            return null;
          });
      catalog.endIndex(number, index.getName(), added.number());
    } catch (MongoServerError e) {
      catalog.dropIndex(added.number());
      throw new IndexBuildFailedException(e, this);
    }
  }

  @Override
  public synchronized void dropIndex(String name) {
    searchable.remove(name);
    super.dropIndex(name);
    catalog.dropIndex(number, name);
  }

  @Override
  public synchronized void renameTo(MongoDatabase newDatabase, String newName) {
    String before = getFullName();
    super.renameTo(newDatabase, newName);
    catalog.rename(before, getFullName());
  }

  @Override
  public synchronized void drop() {
    super.drop();
    catalog.dropCollection(getFullName());
  }
}
