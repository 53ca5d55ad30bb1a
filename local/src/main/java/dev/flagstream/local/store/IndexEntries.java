package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.List;

/**
 * The entries of an index: the values of its fields, in their order, and where the document lies
 * that has them. Reading is thread-safe, changes are made under the collection's lock.
 */
final class IndexEntries {

  private final DocumentFiles files;
  private final Changes changes;
  private final StoreCatalog catalog;
  private final int number;
  private final Keyspace space;
  private final List<String> fields;
  private final boolean sparse;
  private final boolean unique;
  private volatile boolean irregular;

  IndexEntries(
      DocumentFiles files,
      Changes changes,
      StoreCatalog catalog,
      int number,
      List<String> fields,
      boolean sparse,
      boolean unique) {
    this.files = files;
    this.changes = changes;
    this.catalog = catalog;
    this.number = number;
    this.space = Keyspace.index(number);
    this.fields = List.copyOf(fields);
    this.sparse = sparse;
    this.unique = unique;
    this.irregular = catalog.isIrregular(number);
  }

  /** The fields whose values the entries hold, the first first; dotted paths within documents. */
  List<String> fields() {
    return fields;
  }

  /** Whether documents without any of the fields are left out. */
  boolean sparse() {
    return sparse;
  }

  /**
   * Whether some value ever was an array, or of a type without a useful order: then a document may
   * have several entries, and their order says little.
   */
  boolean irregular() {
    return irregular;
  }

  /** Where the entries of these values begin. */
  Keyspace space() {
    return space;
  }

  /** The document of a unique index's entry; null if there is none. */
  DocumentKey get(KeyValue values) {
    byte[] document = changes.get(space.key(SortableBytes.ofAll(values)));
    return document == null ? null : DocumentKey.of(document);
  }

  void put(KeyValue values, DocumentKey document) {
    if (!irregular && hasIrregular(values)) {
      noteIrregular();
    }
    changes.put(key(values, document), document.bytes());
  }

  /** Notes whether a document has an array in one of the fields: each element is a value then. */
  void noteArrays(Document document) {
    if (!irregular
        && fields.stream().anyMatch(field -> valueOf(document, field) instanceof Collection)) {
      noteIrregular();
    }
  }

  /** Not as part of the change, which may yet fail: the next one would take it for noted. */
  private void noteIrregular() {
    catalog.noteIrregular(number);
    irregular = true;
  }

  /** Whether a document has no entry because it has none of the fields. */
  boolean leavesOut(Document document) {
    return sparse && fields.stream().allMatch(field -> valueOf(document, field) instanceof Missing);
  }

  private static Object valueOf(Document document, String field) {
    return Utils.getSubdocumentValueCollectionAware(document, field);
  }

  void delete(KeyValue values, DocumentKey document) {
    changes.delete(key(values, document));
  }

  private byte[] key(KeyValue values, DocumentKey document) {
    byte[] key = space.key(SortableBytes.ofAll(values));
    return unique ? key : new Keyspace(key).key(document.bytes());
  }

  private static boolean hasIrregular(KeyValue values) {
    for (Object value : values) {
      if (value != null && !SortableBytes.isOrdered(value)) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is any entry. */
  boolean isEmpty() {
    return !scan(false).hasNext();
  }

  /** How many entries there are, by counting them. */
  long count() {
    long count = 0;
    for (Scan scan = scan(false); scan.hasNext(); scan.next()) {
      count++;
    }
    return count;
  }

  /** All entries, in order. */
  Scan scan(boolean descending) {
    return Scan.of(files, space.prefix(), space.end(), descending);
  }

  /** The entries whose values begin with bytes of this range, in order. */
  Scan scan(ByteRange range, boolean descending) {
    return Scan.of(files, space.key(range.from()), space.key(range.to()), descending);
  }
}
