package dev.flagstream.local.store;

import de.bwaldvogel.mongo.exception.MongoServerError;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatchWithIndex;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's files: one ordered map of bytes to bytes, in RocksDB. Thread-safe.
 *
 * <p>A write that has returned has been handed to the operating system: it outlives the process. It
 * is on the disk {@value #SYNC_MS} ms later at the latest, as MongoDB's journal is by default, or
 * at once if the client asks for it with {@code j: true}.
 *
 * <p>RocksDB refuses every write after one that failed, for good. The files are therefore opened
 * anew as soon as the disk takes data again: a write fails as long as it cannot be done, and no
 * longer.
 *
 * <p>Memory, apart from what one answer needs: at most {@value #CACHE_BYTES} bytes of blocks and
 * {@value #WRITE_BUFFERS} write buffers of {@value #WRITE_BUFFER_BYTES} bytes, none of it on the
 * heap.
 */
final class DocumentFiles implements AutoCloseable {

  static final long CACHE_BYTES = 24L * 1024 * 1024;
  static final long WRITE_BUFFER_BYTES = 16L * 1024 * 1024;
  static final int WRITE_BUFFERS = 2;
  static final long SYNC_MS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(DocumentFiles.class);

  private static final int BLOOM_BITS = 10;
  private static final long BLOCK_BYTES = 16L * 1024;
  private static final long LARGEST_WAL_BYTES = 64L * 1024 * 1024;
  private static final int OPEN_FILES = 256;
  private static final Duration OPEN_AGAIN_INTERVAL = Duration.ofSeconds(1);

  /** With less, what RocksDB writes when it opens might fail as well. */
  private static final int ROOM_TO_GO_ON_BYTES = 4 * 1024 * 1024;

  private static final int OUT_OF_DISK_SPACE = 14031;
  private static final int INTERNAL_ERROR = 1;

  static {
    RocksDB.loadLibrary();
  }

  private final Path directory;
  private final Options options;
  private final LRUCache cache;
  private final BloomFilter bloomFilter;
  private final WriteOptions writeOptions = new WriteOptions();
  private final AtomicBoolean unsynced = new AtomicBoolean();

  /** Held for writing by the thread that opens the files anew, for reading by all that use them. */
  private final ReadWriteLock opening = new ReentrantReadWriteLock();

  /** Guarded by {@link #opening}; null while they could not be opened again. */
  private RocksDB db;

  /** Why writes fail until the files are opened anew; null if they do not. */
  private volatile RocksDBException broken;

  private long openAgainNanos; // of the thread that opens them
  private final ScheduledExecutorService syncs =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "store-sync");
            thread.setDaemon(true);
            return thread;
          });

  private DocumentFiles(
      Path directory, Options options, LRUCache cache, BloomFilter bloomFilter, RocksDB db) {
    this.directory = directory;
    this.options = options;
    this.cache = cache;
    this.bloomFilter = bloomFilter;
    this.db = db;
    ScheduledFuture<?> unused =
        syncs.scheduleWithFixedDelay(this::syncQuietly, SYNC_MS, SYNC_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Opens the files in a directory, which is made if it is missing.
   *
   * @throws StackException if it cannot be read or written, or another process has it open
   */
  static DocumentFiles open(Path directory) {
    LRUCache cache = new LRUCache(CACHE_BYTES);
    BloomFilter bloomFilter = new BloomFilter(BLOOM_BITS);
    Options options = options(cache, bloomFilter);
    try {
      Files.createDirectories(directory);
      return new DocumentFiles(
          directory, options, cache, bloomFilter, RocksDB.open(options, directory.toString()));
    } catch (IOException | RocksDBException e) {
      options.close();
      bloomFilter.close();
      cache.close();
      throw new StackException(
          "The document store cannot use "
              + directory
              + ": "
              + e.getMessage()
              + (isDamage(e)
                  ? ". Start anew with --fresh (make: FRESH=1), or put a copy of the directory back."
                  : ". The directory has to be writable, with room on its disk, and no other process"
                      + " may use it."),
          e);
    }
  }

  private static boolean isDamage(Exception e) {
    return e instanceof RocksDBException rocks
        && rocks.getStatus() != null
        && rocks.getStatus().getCode() == Status.Code.Corruption;
  }

  private static Options options(LRUCache cache, BloomFilter bloomFilter) {
    return new Options()
        .setCreateIfMissing(true)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setMaxWriteBufferNumber(WRITE_BUFFERS)
        .setMaxTotalWalSize(LARGEST_WAL_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        // As ids come in no order, levels would be written anew again and again.
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setMaxOpenFiles(OPEN_FILES)
        .setKeepLogFileNum(2)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(bloomFilter));
  }

  /** The value of a key; null if there is none. */
  byte[] get(byte[] key) {
    return reading(files -> files.get(key));
  }

  /** The value of a key as it will be once the batch is written; null if there will be none. */
  byte[] get(byte[] key, WriteBatchWithIndex batch) {
    try (ReadOptions read = new ReadOptions()) {
      return reading(files -> batch.getFromBatchAndDB(files, read, key));
    }
  }

  /** Whether there is a value of this key. */
  boolean has(byte[] key) {
    return get(key) != null;
  }

  /**
   * The entries from one key on up to another, as they are now, whatever is written meanwhile.
   *
   * @param from the first key
   * @param to the first key beyond
   * @param use receives an iterator that stands nowhere yet, which is closed afterwards
   */
  <T> T entries(byte[] from, byte[] to, Use<RocksIterator, T> use) {
    return reading(
        files -> {
          try (Slice lower = new Slice(from);
              Slice upper = new Slice(to);
              ReadOptions range =
                  new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
              RocksIterator iterator = files.newIterator(range)) {
            return use.of(iterator);
          }
        });
  }

  /** Writes all of a batch or nothing of it, and empties it. */
  void write(WriteBatchWithIndex batch) {
    if (batch.count() == 0) {
      return;
    }
    writing(files -> files.write(writeOptions, batch));
    batch.clear();
    unsynced.set(true);
  }

  /** Removes all from one key on up to, but without, another. */
  void deleteRange(byte[] from, byte[] to) {
    writing(files -> files.deleteRange(from, to));
    unsynced.set(true);
  }

  /** Returns when all that was written is on the disk. */
  void sync() {
    if (unsynced.getAndSet(false)) {
      try {
        writing(RocksDB::syncWal);
      } catch (MongoServerError e) {
        unsynced.set(true);
        throw e;
      }
    }
  }

  private void syncQuietly() {
    try {
      if (broken == null) {
        sync();
      } else if (System.nanoTime() - openAgainNanos >= 0) {
        openAgain();
        openAgainNanos = System.nanoTime() + OPEN_AGAIN_INTERVAL.toNanos();
      }
    } catch (MongoServerError e) {
      LOG.error("{}", e.getMessage(), e);
    }
  }

  /** Opens the files anew if the disk takes data again; what was acknowledged is in them. */
  private void openAgain() {
    if (!hasRoom()) {
      return;
    }
    opening.writeLock().lock();
    try {
      if (db != null) {
        db.close();
        db = null;
      }
      db = RocksDB.open(options, directory.toString());
      broken = null;
      LOG.warn("The document store writes to {} again", directory);
    } catch (RocksDBException e) {
      broken = e;
      LOG.error("The document store cannot open {} again: {}", directory, e.getMessage());
    } finally {
      opening.writeLock().unlock();
    }
  }

  private boolean hasRoom() {
    Path probe = directory.resolveSibling(directory.getFileName() + ".room");
    try {
      Files.write(probe, new byte[ROOM_TO_GO_ON_BYTES]);
      return true;
    } catch (IOException e) {
      return false;
    } finally {
      try {
        Files.deleteIfExists(probe);
      } catch (IOException e) {
        LOG.warn("Cannot delete {}: {}", probe, e.toString());
      }
    }
  }

  private <T> T reading(Use<RocksDB, T> use) {
    opening.readLock().lock();
    try {
      return use.of(opened());
    } catch (RocksDBException e) {
      throw failure("read", e);
    } finally {
      opening.readLock().unlock();
    }
  }

  private void writing(Change change) {
    opening.readLock().lock();
    try {
      change.to(opened());
    } catch (RocksDBException e) {
      if (e.getStatus() != null && e.getStatus().getCode() == Status.Code.IOError) {
        broken = e;
      }
      throw failure("write", e);
    } finally {
      opening.readLock().unlock();
    }
  }

  private RocksDB opened() throws RocksDBException {
    if (db == null) {
      throw broken;
    }
    return db;
  }

  /** What is done with the files, or with a part of them. */
  interface Use<S, T> {
    T of(S source) throws RocksDBException;
  }

  /** What is written to the files. */
  private interface Change {
    void to(RocksDB files) throws RocksDBException;
  }

  /** What the files take on the disk, in bytes. */
  long bytesOnDisk() {
    return reading(
        files ->
            files.getLongProperty("rocksdb.total-sst-files-size")
                + files.getLongProperty("rocksdb.cur-size-all-mem-tables"));
  }

  private MongoServerError failure(String what, RocksDBException e) {
    boolean full =
        (e.getStatus() != null && e.getStatus().getSubCode() == Status.SubCode.NoSpace)
            || String.valueOf(e.getMessage()).contains("No space left");
    String message =
        "The document store cannot %s %s: %s%s"
            .formatted(what, directory, e.getMessage(), full ? "; make room on this disk" : "");
    return full
        ? new MongoServerError(OUT_OF_DISK_SPACE, "OutOfDiskSpace", message, e)
        : new MongoServerError(INTERNAL_ERROR, "InternalError", message, e);
  }

  @Override
  public void close() {
    syncs.shutdown();
    try {
      syncs.awaitTermination(SYNC_MS * 100, TimeUnit.MILLISECONDS);
      sync();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      writeOptions.close();
      closeFiles();
      options.close();
      bloomFilter.close();
      cache.close();
    }
  }

  private void closeFiles() {
    opening.writeLock().lock();
    try {
      if (db != null) {
        db.close();
      }
    } finally {
      opening.writeLock().unlock();
    }
  }
}
