package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.DocumentComparator;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Finds the documents of one collection: by id, by an index, or by looking at all of them; in order
 * by an index where one has it. Thread-safe, beside any changes.
 *
 * <p>What it keeps in memory: the sort fields and keys of at most {@value #MOST_SORTED} documents,
 * if they have to be sorted; nothing otherwise.
 */
final class DocumentSearch {

  /** How many documents are sorted at most without an index that has their order. */
  static final int MOST_SORTED = 250_000;

  private static final int SORT_NEEDS_TOO_MUCH = 292;
  private static final String NATURAL = "$natural";

  private final DocumentFiles files;
  private final Keyspace documents;
  private final String idField;
  private final Map<String, IndexEntries> indexes;

  DocumentSearch(
      DocumentFiles files, Keyspace documents, String idField, Map<String, IndexEntries> indexes) {
    this.files = files;
    this.documents = documents;
    this.idField = idField;
    this.indexes = indexes;
  }

  private record Found(Document document, DocumentKey key) {}

  /** A document of which only what it is sorted by is kept. */
  private record Sorted(Document sortFields, DocumentKey key) {}

  /**
   * The documents that match, found as they are asked for.
   *
   * @param orderBy fields and directions; null or empty for none
   * @param matches whether a document is one of them
   * @param wanted how many of the first are asked for at most
   * @param fields those of which there is a use; documents may lack the others
   * @param once whether each is to be found once even if it is changed meanwhile so that it comes
   *     to lie further on in an index
   */
  Stream<Document> find(
      Document query,
      Document orderBy,
      Predicate<Document> matches,
      long wanted,
      FieldsWanted fields,
      boolean once) {
    Set<String> names = fields.names();
    boolean sorted = orderBy != null && !orderBy.isEmpty() && !orderBy.containsKey(NATURAL);
    Optional<IndexedQuery> narrowed = narrowed(query);
    if (!sorted) {
      return (narrowed.isPresent()
              ? byIndex(narrowed.get(), names, once)
              : byId(query, names, isDescending(orderBy, NATURAL)))
          .map(Found::document)
          .filter(matches);
    }
    if (narrowed.isEmpty() && isOnlyById(orderBy) && idsHaveOrder()) {
      return byId(query, names, isDescending(orderBy, idField))
          .map(Found::document)
          .filter(matches);
    }
    Optional<IndexedQuery> inOrder =
        narrowed.isPresent()
            ? narrowed.filter(indexed -> hasOrder(indexed, orderBy))
            : everythingInOrder(query, orderBy);
    if (inOrder.isPresent()) {
      return inOrder(inOrder.get(), orderBy, matches, names);
    }
    Stream<Found> found =
        narrowed.isPresent() ? byIndex(narrowed.get(), names, once) : byId(query, names, false);
    return sorted(found.filter(each -> matches.test(each.document())), orderBy, wanted)
        .map(key -> read(key, names))
        .filter(Objects::nonNull)
        .filter(matches);
  }

  /** The index that narrows the search most; none if the id does. */
  private Optional<IndexedQuery> narrowed(Document query) {
    if (idField != null && IndexedQuery.ofField(query, idField).isPresent()) {
      return Optional.empty();
    }
    return indexes.values().stream()
        .map(entries -> IndexedQuery.of(query, entries))
        .flatMap(Optional::stream)
        .max(Comparator.comparingInt(IndexedQuery::narrowingFields));
  }

  private boolean narrowedById(Document query) {
    return idField != null && IndexedQuery.ofField(query, idField).isPresent();
  }

  /** In the order of the ids; only those of the ids that a query asks for, if it does. */
  private Stream<Found> byId(Document query, Set<String> names, boolean descending) {
    List<ByteRange> ranges =
        Optional.ofNullable(idField)
            .flatMap(field -> IndexedQuery.ofField(query, field))
            .orElse(List.of(ByteRange.EVERYTHING));
    return stream(Scan.ofAll(ranges, range -> scan(range, descending), descending))
        .map(
            entry ->
                new Found(
                    DocumentBytes.read(entry.value(), names),
                    DocumentKey.of(documents.rest(entry.key()))));
  }

  private boolean isOnlyById(Document orderBy) {
    return orderBy.size() == 1 && orderBy.containsKey(idField);
  }

  /** Whether documents lie in the order of their ids: all but a few kinds of ids have one. */
  private boolean idsHaveOrder() {
    return SortableBytes.WITHOUT_ORDER.stream().noneMatch(range -> scan(range, false).hasNext());
  }

  private Scan scan(ByteRange range, boolean descending) {
    return Scan.of(files, documents.key(range.from()), documents.key(range.to()), descending);
  }

  private Stream<Found> byIndex(IndexedQuery indexed, Set<String> names, boolean once) {
    return keys(indexed, once)
        .map(
            key -> {
              Document document = read(key, names);
              return document == null ? null : new Found(document, key);
            })
        .filter(Objects::nonNull);
  }

  private Stream<DocumentKey> keys(IndexedQuery indexed, boolean once) {
    Stream<DocumentKey> keys =
        stream(entries(indexed, false)).map(entry -> DocumentKey.of(entry.value()));
    if (!once && !indexed.entries().irregular()) {
      return keys;
    }
    // Each element of an array has its entry.
    Set<DocumentKey> seen = new HashSet<>();
    return keys.filter(seen::add);
  }

  private static Iterator<Scan.Entry> entries(IndexedQuery indexed, boolean descending) {
    return Scan.ofAll(
        indexed.ranges(), range -> indexed.entries().scan(range, descending), descending);
  }

  private Document read(DocumentKey key, Set<String> names) {
    byte[] bytes = files.get(documents.key(key.bytes()));
    return bytes == null ? null : DocumentBytes.read(bytes, names);
  }

  // In the order of an index

  /**
   * Whether the entries that are used have the order asked for: of the first field, since those
   * that are alike in it are put in order by the others where they are read.
   */
  private static boolean hasOrder(IndexedQuery indexed, Document orderBy) {
    List<String> fields = indexed.entries().fields();
    return !indexed.entries().irregular()
        && indexed.fixedFields() < fields.size()
        && fields.get(indexed.fixedFields()).equals(orderBy.keySet().iterator().next());
  }

  /** An index that has all documents in the order asked for. */
  private Optional<IndexedQuery> everythingInOrder(Document query, Document orderBy) {
    if (narrowedById(query)) {
      return Optional.empty();
    }
    return indexes.values().stream()
        .filter(entries -> !entries.sparse())
        .map(entries -> new IndexedQuery(entries, List.of(ByteRange.EVERYTHING), 0))
        .filter(indexed -> hasOrder(indexed, orderBy))
        .findFirst();
  }

  private Stream<Document> inOrder(
      IndexedQuery indexed, Document orderBy, Predicate<Document> matches, Set<String> names) {
    boolean descending = isDescending(orderBy, orderBy.keySet().iterator().next());
    TiedEntries tied = new TiedEntries(entries(indexed, descending), sortFieldAt(indexed));
    return stream(tied)
        .flatMap(
            entries ->
                entries.size() == 1
                    ? one(entries, matches, names)
                    : tied(entries, orderBy, matches, names));
  }

  private Stream<Document> one(
      List<Scan.Entry> entries, Predicate<Document> matches, Set<String> names) {
    return entries.stream()
        .map(entry -> read(DocumentKey.of(entry.value()), names))
        .filter(Objects::nonNull)
        .filter(matches);
  }

  /** Decimals that are the same double have one place in an index; which is larger is seen here. */
  private Stream<Document> tied(
      List<Scan.Entry> entries, Document orderBy, Predicate<Document> matches, Set<String> names) {
    Stream<Found> found =
        entries.stream()
            .map(entry -> DocumentKey.of(entry.value()))
            .map(key -> new Found(read(key, names), key))
            .filter(each -> each.document() != null && matches.test(each.document()));
    return sorted(found, orderBy, Long.MAX_VALUE)
        .map(key -> read(key, names))
        .filter(Objects::nonNull)
        .filter(matches);
  }

  /** Where in an entry's key the value stands by which is sorted. */
  private static TiedEntries.Place sortFieldAt(IndexedQuery indexed) {
    return new TiedEntries.Place(indexed.entries().space().prefix().length, indexed.fixedFields());
  }

  // Sorting

  private Stream<DocumentKey> sorted(Stream<Found> found, Document orderBy, long wanted) {
    Comparator<Document> comparator = new DocumentComparator(orderBy);
    Comparator<Sorted> order =
        Comparator.comparing(Sorted::sortFields, comparator).thenComparing(Sorted::key);
    List<Sorted> first =
        wanted <= MOST_SORTED
            ? smallest(found, orderBy, order, (int) wanted)
            : all(found, orderBy, order);
    return first.stream().map(Sorted::key);
  }

  private List<Sorted> smallest(
      Stream<Found> found, Document orderBy, Comparator<Sorted> order, int wanted) {
    PriorityQueue<Sorted> largestFirst = new PriorityQueue<>(order.reversed());
    for (Iterator<Found> each = found.iterator(); each.hasNext(); ) {
      largestFirst.add(sortable(each.next(), orderBy));
      if (largestFirst.size() > wanted) {
        largestFirst.poll();
      }
    }
    List<Sorted> smallest = new ArrayList<>(largestFirst);
    smallest.sort(order);
    return smallest;
  }

  private List<Sorted> all(Stream<Found> found, Document orderBy, Comparator<Sorted> order) {
    List<Sorted> all = new ArrayList<>();
    for (Iterator<Found> each = found.iterator(); each.hasNext(); ) {
      if (all.size() == MOST_SORTED) {
        throw new MongoServerError(
            SORT_NEEDS_TOO_MUCH,
            "QueryExceededMemoryLimitNoDiskUseAllowed",
            "Sort exceeded the limit of "
                + MOST_SORTED
                + " documents. Add a limit, or an index on "
                + String.join(", ", orderBy.keySet()));
      }
      all.add(sortable(each.next(), orderBy));
    }
    all.sort(order);
    return all;
  }

  private Sorted sortable(Found found, Document orderBy) {
    Document sortFields = new Document();
    for (String path : orderBy.keySet()) {
      String field = Utils.firstFragment(path);
      if (found.document().containsKey(field)) {
        sortFields.put(field, found.document().get(field));
      }
    }
    return new Sorted(sortFields, found.key());
  }

  private static boolean isDescending(Document orderBy, String field) {
    return orderBy != null
        && orderBy.get(field) instanceof Number direction
        && direction.intValue() < 0;
  }

  private static <T> Stream<T> stream(Iterator<T> iterator) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED), false);
  }
}
