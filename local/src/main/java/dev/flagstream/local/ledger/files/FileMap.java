package dev.flagstream.local.ledger.files;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/**
 * A map of texts to values that are kept as JSON, encrypted, in the files of {@link FileMaps},
 * ordered by the bytes of the keys in UTF-8. A value that is changed has to be put again. Neither
 * keys nor values are null. What is put while the entries are gone through is not seen. For one
 * thread.
 *
 * @param <V> what Jackson writes and reads by its fields
 */
public final class FileMap<V> extends AbstractMap<String, V> {

  private final RocksDB files;
  private final WriteOptions notLogged;
  private final ObjectWriter writer;
  private final ObjectReader reader;
  private final FileSeal seal;
  private final byte[] prefix;
  private final Set<RocksIterator> open = new HashSet<>();
  private int size;

  /**
   * An empty map.
   *
   * @param number that no other map of the same files has
   */
  FileMap(
      RocksDB files,
      WriteOptions notLogged,
      ObjectMapper mapper,
      FileSeal seal,
      TypeReference<V> type,
      int number) {
    this.files = files;
    this.notLogged = notLogged;
    this.seal = seal;
    this.writer = mapper.writerFor(type);
    this.reader = mapper.readerFor(type);
    this.prefix = ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  public V put(String key, V value) {
    byte[] place = place(key);
    V before = read(get(place));
    try {
      files.put(notLogged, place, seal.seal(writer.writeValueAsBytes(value)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write what the ledger keeps", e);
    } catch (RocksDBException e) {
      throw broken(e);
    }
    size += before == null ? 1 : 0;
    return before;
  }

  @Override
  public V get(Object key) {
    return read(get(place((String) key)));
  }

  @Override
  public V getOrDefault(Object key, V otherwise) {
    V value = get(key);
    return value == null ? otherwise : value;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(place((String) key)) != null;
  }

  @Override
  public V remove(Object key) {
    byte[] place = place((String) key);
    V before = read(get(place));
    if (before != null) {
      try {
        files.delete(notLogged, place);
      } catch (RocksDBException e) {
        throw broken(e);
      }
      size--;
    }
    return before;
  }

  @Override
  public void clear() {
    try {
      files.deleteRange(notLogged, prefix, next(prefix));
    } catch (RocksDBException e) {
      throw broken(e);
    }
    size = 0;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, V>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** Ends what goes through the entries and has not come to the end. */
  void close() {
    open.forEach(RocksIterator::close);
    open.clear();
  }

  private byte[] get(byte[] place) {
    try {
      return files.get(place);
    } catch (RocksDBException e) {
      throw broken(e);
    }
  }

  private V read(byte[] value) {
    try {
      return value == null ? null : reader.readValue(seal.open(value));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what the ledger wrote", e);
    }
  }

  private byte[] place(String key) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(prefix.length + text.length).put(prefix).put(text).array();
  }

  private static byte[] next(byte[] prefix) {
    int number = ByteBuffer.wrap(prefix).getInt();
    return ByteBuffer.allocate(Integer.BYTES).putInt(number + 1).array();
  }

  private static StackException broken(RocksDBException e) {
    return new StackException(
        "The ledger cannot go on with its temporary files (%s). Is the disk full?"
            .formatted(e.getMessage()),
        e);
  }

  /** Goes through the entries as they are at its beginning. */
  private final class Entries implements Iterator<Entry<String, V>> {

    private final RocksIterator iterator = files.newIterator();

    Entries() {
      open.add(iterator);
      iterator.seek(prefix);
    }

    @Override
    public boolean hasNext() {
      if (!open.contains(iterator)) {
        return false;
      }
      if (iterator.isValid() && isMine(iterator.key())) {
        return true;
      }
      try {
        iterator.status();
      } catch (RocksDBException e) {
        throw broken(e);
      }
      open.remove(iterator);
      iterator.close();
      return false;
    }

    private boolean isMine(byte[] place) {
      return ByteBuffer.wrap(place, 0, prefix.length).equals(ByteBuffer.wrap(prefix));
    }

    @Override
    public Entry<String, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      byte[] place = iterator.key();
      String key =
          new String(place, prefix.length, place.length - prefix.length, StandardCharsets.UTF_8);
      Map.Entry<String, V> entry = Map.entry(key, read(iterator.value()));
      iterator.next();
      return entry;
    }
  }
}
