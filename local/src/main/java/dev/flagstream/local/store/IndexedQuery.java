package dev.flagstream.local.store;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of an index has the documents that a query can match.
 *
 * <p>An index only narrows the search: every document found is compared with the whole query
 * afterwards, so that a part may be too large but never too small.
 *
 * @param entries the index
 * @param ranges the parts of it, in order and apart from each other
 * @param fixedFields how many of the index's first fields have one value in all of them
 */
record IndexedQuery(IndexEntries entries, List<ByteRange> ranges, int fixedFields) {

  /** What a query says of one field. */
  private record Condition(List<ByteRange> ranges, boolean isOneValue, boolean canBeNull) {}

  /**
   * The use that a query can make of an index.
   *
   * @return empty if it has to look at every entry
   */
  static Optional<IndexedQuery> of(Document query, IndexEntries entries) {
    Map<String, Condition> conditions = conditions(query, entries);
    byte[] prefix = {};
    int fixed = 0;
    for (String field : entries.fields()) {
      Condition condition = conditions.get(field);
      if (condition == null || (condition.canBeNull() && mayLackNulls(entries))) {
        break;
      }
      if (!condition.isOneValue()) {
        byte[] before = prefix;
        return Optional.of(
            new IndexedQuery(
                entries,
                condition.ranges().stream().map(range -> range.behind(before)).toList(),
                fixed));
      }
      prefix = new Keyspace(prefix).key(condition.ranges().get(0).from());
      fixed++;
    }
    return fixed == 0
        ? Optional.empty()
        : Optional.of(new IndexedQuery(entries, List.of(ByteRange.startingWith(prefix)), fixed));
  }

  /** Documents that lack the field, or have it in an array, may have no entry for null. */
  private static boolean mayLackNulls(IndexEntries entries) {
    return entries.sparse() || entries.irregular();
  }

  /** How many fields narrow the search; the more, the better. */
  int narrowingFields() {
    boolean rangeBehind = ranges.size() != 1 || fixedFields == 0;
    return 2 * fixedFields + (rangeBehind ? 1 : 0);
  }

  /**
   * What a query says of the one field by whose values documents are found without an index.
   *
   * @return the ranges of its values; empty if it says nothing of use
   */
  static Optional<List<ByteRange>> ofField(Document query, String field) {
    Map<String, Condition> conditions = new HashMap<>();
    collect(query, conditions, false);
    return Optional.ofNullable(conditions.get(field)).map(Condition::ranges);
  }

  private static Map<String, Condition> conditions(Document query, IndexEntries entries) {
    Map<String, Condition> conditions = new HashMap<>();
    collect(query, conditions, entries.irregular());
    return conditions;
  }

  private static void collect(
      Document query, Map<String, Condition> conditions, boolean irregular) {
    query.forEach(
        (field, wanted) -> {
          if (field.equals("$and") && wanted instanceof Collection<?> all) {
            all.stream()
                .filter(Document.class::isInstance)
                .forEach(each -> collect((Document) each, conditions, irregular));
          } else if (!field.startsWith("$")) {
            condition(wanted, irregular)
                .ifPresent(
                    condition ->
                        conditions.merge(
                            field, condition, (one, other) -> irregular ? one : both(one, other)));
          }
        });
  }

  /** What two conditions on one field leave: of two ranges their intersection. */
  private static Condition both(Condition one, Condition other) {
    if (one.isOneValue() || other.isOneValue()) {
      return one.isOneValue() ? one : other;
    }
    if (one.ranges().size() > 1 || other.ranges().size() > 1) {
      return one.ranges().size() > 1 ? one : other;
    }
    if (one.ranges().isEmpty() || other.ranges().isEmpty()) {
      return one.ranges().isEmpty() ? one : other;
    }
    ByteRange range = one.ranges().get(0).and(other.ranges().get(0));
    return new Condition(
        range.isEmpty() ? List.of() : List.of(range), false, one.canBeNull() || other.canBeNull());
  }

  private static Optional<Condition> condition(Object wanted, boolean irregular) {
    if (!(wanted instanceof Document operators)) {
      return equal(wanted);
    }
    if (operators.isEmpty()
        || !operators.keySet().stream().allMatch(name -> name.startsWith("$"))) {
      return Optional.empty();
    }
    if (operators.containsKey("$eq")) {
      return equal(operators.get("$eq"));
    }
    if (operators.get("$in") instanceof Collection<?> values) {
      return in(values);
    }
    return between(operators, irregular);
  }

  private static Optional<Condition> equal(Object value) {
    boolean isNull = Missing.isNullOrMissing(value);
    if (!isNull && !SortableBytes.isOrdered(value)) {
      return Optional.empty();
    }
    return Optional.of(
        new Condition(List.of(ByteRange.startingWith(normalized(value))), true, isNull));
  }

  private static Optional<Condition> in(Collection<?> values) {
    List<ByteRange> ranges = new ArrayList<>();
    boolean canBeNull = false;
    for (Object value : values) {
      Optional<Condition> each = equal(value);
      if (each.isEmpty()) {
        return Optional.empty();
      }
      canBeNull |= each.get().canBeNull();
      ranges.addAll(each.get().ranges());
    }
    ranges.sort((one, other) -> Arrays.compareUnsigned(one.from(), other.from()));
    return Optional.of(new Condition(distinct(ranges), false, canBeNull));
  }

  private static List<ByteRange> distinct(List<ByteRange> sorted) {
    List<ByteRange> distinct = new ArrayList<>();
    for (ByteRange range : sorted) {
      if (distinct.isEmpty()
          || !Arrays.equals(distinct.get(distinct.size() - 1).from(), range.from())) {
        distinct.add(range);
      }
    }
    return distinct;
  }

  private static Optional<Condition> between(Document operators, boolean irregular) {
    ByteRange range = null;
    for (Map.Entry<String, Object> operator : operators.entrySet()) {
      ByteRange bound = bound(operator.getKey(), operator.getValue());
      if (bound != null) {
        // Of an array, one element may be above one bound and another below the other.
        range = range == null || irregular ? bound : range.and(bound);
      }
    }
    if (range == null) {
      return Optional.empty();
    }
    return Optional.of(new Condition(range.isEmpty() ? List.of() : List.of(range), false, false));
  }

  /** Only values of the same type are above or below another. */
  private static ByteRange bound(String operator, Object value) {
    if (!SortableBytes.isOrdered(value)) {
      return null;
    }
    byte[] bytes = normalized(value);
    ByteRange type = ByteRange.startingWith(Arrays.copyOf(bytes, 1));
    if (value instanceof Number number) {
      if (!SortableBytes.comparesAsDouble(number)) {
        return isBound(operator) ? type : null;
      }
      bytes = SortableBytes.ofDouble(number);
    }
    return switch (operator) {
      case "$gt", "$gte" -> new ByteRange(bytes, type.to());
      case "$lt", "$lte" -> new ByteRange(type.from(), Keyspace.after(bytes));
      default -> null;
    };
  }

  private static boolean isBound(String operator) {
    return operator.equals("$gt")
        || operator.equals("$gte")
        || operator.equals("$lt")
        || operator.equals("$lte");
  }

  private static byte[] normalized(Object value) {
    return SortableBytes.ofAll(new KeyValue(value).normalized());
  }
}
