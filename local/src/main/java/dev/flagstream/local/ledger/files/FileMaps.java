package dev.flagstream.local.ledger.files;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.client.files.TemporaryFolder;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * Maps whose entries are in files of their own, so that memory does not bound their number: what
 * the ledger keeps grows with the flagged transactions, and with what comes in while it reads. The
 * files are in a temporary folder, encrypted, and go when this is closed. Where that folder is in
 * memory, {@code -Djava.io.tmpdir} names another. For one thread.
 */
public final class FileMaps implements AutoCloseable {

  private static final long CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final int BLOOM_BITS = 10;

  static {
    RocksDB.loadLibrary();
  }

  private final ObjectMapper mapper =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
  private final FileSeal seal = new FileSeal();
  private final TemporaryFolder folder;
  private final LRUCache cache = new LRUCache(CACHE_BYTES);
  private final BloomFilter filter = new BloomFilter(BLOOM_BITS);
  private final Options options;
  private final WriteOptions notLogged = new WriteOptions().setDisableWAL(true);
  private final RocksDB files;
  private final List<FileMap<?>> maps = new ArrayList<>();

  private FileMaps(TemporaryFolder folder) throws RocksDBException {
    this.folder = folder;
    options =
        new Options()
            .setCreateIfMissing(true)
            .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL)
            // What is encrypted does not get any shorter.
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setTableFormatConfig(
                new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter));
    files = RocksDB.open(options, folder.path().toString());
  }

  /**
   * No maps yet, in a new folder among the machine's temporary ones.
   *
   * @throws StackException naming the folder if no files can be made there
   */
  public static FileMaps open() {
    TemporaryFolder folder = null;
    try {
      folder = TemporaryFolder.make("flagstream-ledger");
      return new FileMaps(folder);
    } catch (IOException | RocksDBException e) {
      if (folder != null) {
        folder.close();
      }
      throw new StackException(
          "The ledger cannot write what it works with to %s: %s. Give it another folder:"
                  .formatted(
                      folder == null ? System.getProperty("java.io.tmpdir") : folder.path(),
                      e.getMessage())
              + " JAVA_OPTS=-Djava.io.tmpdir=…",
          e);
    }
  }

  /** Another map, empty. */
  public <V> FileMap<V> map(TypeReference<V> type) {
    FileMap<V> map = new FileMap<>(files, notLogged, mapper, seal, type, maps.size());
    maps.add(map);
    return map;
  }

  /** Where the files are. */
  public Path folder() {
    return folder.path();
  }

  @Override
  public void close() {
    maps.forEach(FileMap::close);
    files.close();
    notLogged.close();
    options.close();
    filter.close();
    cache.close();
    folder.close();
  }
}
