package dev.flagstream.local.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The entries of a range of keys, read a chunk at a time.
 *
 * <p>Between two chunks it holds nothing open: a scan that is left in the middle costs nothing, and
 * one that takes hours hinders no write and is not hindered by any. Each chunk is what there was at
 * one moment; an entry written meanwhile is seen if the scan has not come past it, as with a cursor
 * of MongoDB. Not thread-safe.
 */
final class Scan implements Iterator<Scan.Entry> {

  /** A key and its value. */
  static final class Entry {

    private final byte[] key;
    private final byte[] value;

    private Entry(byte[] key, byte[] value) {
      this.key = key;
      this.value = value;
    }

    byte[] key() {
      return key;
    }

    byte[] value() {
      return value;
    }
  }

  private static final int FIRST_CHUNK = 16;
  private static final int LARGEST_CHUNK = 512;
  private static final int LARGEST_CHUNK_BYTES = 1 << 20;

  private final DocumentFiles files;
  private final boolean descending;
  private byte[] from;
  private byte[] to;
  private int chunkSize = FIRST_CHUNK;
  private boolean ended;
  private List<Entry> chunk = List.of();
  private int next;

  private Scan(DocumentFiles files, byte[] from, byte[] to, boolean descending) {
    this.files = files;
    this.from = from;
    this.to = to;
    this.descending = descending;
  }

  /**
   * A scan of the keys from one on, up to but without another.
   *
   * @param descending whether it begins with the last of them
   */
  static Scan of(DocumentFiles files, byte[] from, byte[] to, boolean descending) {
    return new Scan(files, from, to, descending);
  }

  /**
   * Several ranges, one after the other.
   *
   * @param ranges in ascending order, apart from each other
   * @param scan reads one of them, in this direction
   */
  static Iterator<Entry> ofAll(
      List<ByteRange> ranges, Function<ByteRange, Scan> scan, boolean descending) {
    List<ByteRange> inDirection = new ArrayList<>(ranges);
    if (descending) {
      Collections.reverse(inDirection);
    }
    Iterator<ByteRange> each = inDirection.iterator();
    // Not flatMap: read by an iterator, a stream would keep a whole range in memory.
    return new Iterator<>() {
      private Scan current;

      @Override
      public boolean hasNext() {
        while ((current == null || !current.hasNext()) && each.hasNext()) {
          current = scan.apply(each.next());
        }
        return current != null && current.hasNext();
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return current.next();
      }
    };
  }

  @Override
  public boolean hasNext() {
    if (next == chunk.size() && !ended) {
      readChunk();
    }
    return next < chunk.size();
  }

  @Override
  public Entry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return chunk.get(next++);
  }

  private void readChunk() {
    List<Entry> read = files.entries(from, to, this::chunk);
    if (!read.isEmpty()) {
      byte[] last = read.get(read.size() - 1).key();
      if (descending) {
        to = last;
      } else {
        from = Arrays.copyOf(last, last.length + 1);
      }
    }
    chunkSize = Math.min(chunkSize * 2, LARGEST_CHUNK);
    chunk = read;
    next = 0;
  }

  private List<Entry> chunk(RocksIterator iterator) throws RocksDBException {
    List<Entry> read = new ArrayList<>(chunkSize);
    int bytes = 0;
    if (descending) {
      iterator.seekToLast();
    } else {
      iterator.seekToFirst();
    }
    while (iterator.isValid() && read.size() < chunkSize && bytes < LARGEST_CHUNK_BYTES) {
      Entry entry = new Entry(iterator.key(), iterator.value());
      bytes += entry.key().length + entry.value().length;
      read.add(entry);
      if (descending) {
        iterator.prev();
      } else {
        iterator.next();
      }
    }
    // An iterator that cannot read on is as invalid as one at the end.
    iterator.status();
    ended = !iterator.isValid();
    return read;
  }
}
