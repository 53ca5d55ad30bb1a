package dev.flagstream.local.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatchWithIndex;

/**
 * What the store knows of itself: which collections and indexes there are, under which numbers, and
 * how many documents they hold. Thread-safe.
 */
final class StoreCatalog {

  private static final String COLLECTION = "collection/";
  private static final String COUNTS = "counts/";
  private static final String INDEX = "index/";
  private static final String BUILDING = "building/";
  private static final String IRREGULAR = "irregular/";
  private static final String NEXT_NUMBER = "next";
  private static final byte[] NOTHING = {};

  private final DocumentFiles files;
  private final Keyspace facts = Keyspace.facts();

  /**
   * The catalog in these files; indexes that were being built when they were closed are removed.
   */
  StoreCatalog(DocumentFiles files) {
    this.files = files;
    scan(BUILDING).forEach(number -> dropIndex(Integer.parseInt(number)));
  }

  /** The names of the databases that have collections, sorted. */
  Set<String> databases() {
    TreeSet<String> names = new TreeSet<>();
    for (String namespace : scan(COLLECTION)) {
      names.add(namespace.substring(0, namespace.indexOf('.')));
    }
    return names;
  }

  /** The number of a collection, which is made if there is none of this name. */
  synchronized int collection(String namespace) {
    byte[] key = facts.key(COLLECTION + namespace);
    byte[] number = files.get(key);
    return number == null ? newNumber(key) : ByteBuffer.wrap(number).getInt();
  }

  /** Forgets a collection and all its documents. Its indexes are to be dropped before. */
  synchronized void dropCollection(String namespace) {
    int number = collection(namespace);
    Keyspace documents = Keyspace.documents(number);
    write(
        batch -> {
          batch.delete(facts.key(COLLECTION + namespace));
          batch.delete(facts.key(COUNTS + number));
        });
    files.deleteRange(documents.prefix(), documents.end());
  }

  /** Gives a collection another name; its documents and indexes stay where they are. */
  synchronized void rename(String namespace, String newNamespace) {
    byte[] number = files.get(facts.key(COLLECTION + namespace));
    write(
        batch -> {
          batch.delete(facts.key(COLLECTION + namespace));
          batch.put(facts.key(COLLECTION + newNamespace), number);
        });
  }

  /** How many documents a collection holds, and their bytes. */
  Changes.Counts counts(int collection) {
    byte[] counts = files.get(facts.key(COUNTS + collection));
    if (counts == null) {
      return new Changes.Counts(0, 0);
    }
    ByteBuffer numbers = ByteBuffer.wrap(counts);
    return new Changes.Counts(numbers.getLong(), numbers.getLong());
  }

  /** Notes in a batch how many documents a collection holds, and their bytes. */
  void putCounts(int collection, Changes.Counts counts, WriteBatchWithIndex batch) {
    byte[] numbers =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(counts.documents())
            .putLong(counts.bytes())
            .array();
    try {
      batch.put(facts.key(COUNTS + collection), numbers);
    } catch (RocksDBException e) {
      throw new IllegalStateException("A change could not be noted", e);
    }
  }

  /** The number of an index that has been built; empty if there is none of this name. */
  synchronized Optional<Integer> index(int collection, String name) {
    return Optional.ofNullable(files.get(indexKey(collection, name)))
        .map(number -> ByteBuffer.wrap(number).getInt());
  }

  /**
   * A number for an index that is going to be built; it is gone again if the process ends first.
   */
  synchronized int beginIndex() {
    int number = newNumber(null);
    write(batch -> batch.put(facts.key(BUILDING + number), NOTHING));
    return number;
  }

  /** From now on the index is there. */
  synchronized void endIndex(int collection, String name, int number) {
    write(
        batch -> {
          batch.put(indexKey(collection, name), bytes(number));
          batch.delete(facts.key(BUILDING + number));
        });
  }

  /** Forgets an index and its entries; nothing happens if there is none of this name. */
  synchronized void dropIndex(int collection, String name) {
    index(collection, name)
        .ifPresent(
            number -> {
              write(batch -> batch.delete(indexKey(collection, name)));
              dropIndex(number);
            });
  }

  /** Removes the entries of an index of which nothing else is left. */
  synchronized void dropIndex(int number) {
    Keyspace entries = Keyspace.index(number);
    files.deleteRange(entries.prefix(), entries.end());
    write(
        batch -> {
          batch.delete(facts.key(BUILDING + number));
          batch.delete(irregularKey(number));
        });
  }

  /** Whether an index has, or once had, values that are not one ordered value. */
  boolean isIrregular(int index) {
    return files.has(irregularKey(index));
  }

  /** From now on {@link #isIrregular} holds of this index. */
  synchronized void noteIrregular(int index) {
    write(batch -> batch.put(irregularKey(index), NOTHING));
  }

  private byte[] irregularKey(int index) {
    return facts.key(IRREGULAR + index);
  }

  private byte[] indexKey(int collection, String name) {
    return facts.key(INDEX + collection + "/" + name);
  }

  /** A number that was never given before, kept under this key too if there is one. */
  private int newNumber(byte[] key) {
    byte[] next = files.get(facts.key(NEXT_NUMBER));
    int number = next == null ? 1 : ByteBuffer.wrap(next).getInt();
    write(
        batch -> {
          batch.put(facts.key(NEXT_NUMBER), bytes(number + 1));
          if (key != null) {
            batch.put(key, bytes(number));
          }
        });
    return number;
  }

  private Set<String> scan(String kind) {
    TreeSet<String> names = new TreeSet<>();
    byte[] from = facts.key(kind);
    Scan.of(files, from, Keyspace.after(from), false)
        .forEachRemaining(
            entry ->
                names.add(
                    new String(facts.rest(entry.key()), StandardCharsets.UTF_8)
                        .substring(kind.length())));
    return names;
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private interface BatchWriter {
    void addTo(WriteBatchWithIndex batch) throws RocksDBException;
  }

  private void write(BatchWriter writer) {
    try (WriteBatchWithIndex batch = new WriteBatchWithIndex(true)) {
      writer.addTo(batch);
      files.write(batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException("A change could not be noted", e);
    }
  }
}
