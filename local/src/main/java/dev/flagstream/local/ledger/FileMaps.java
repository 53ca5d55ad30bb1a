package dev.flagstream.local.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps whose entries are in files of their own, so that memory does not bound their number: what
 * the ledger keeps grows with the flagged transactions, and with what comes in while it reads. The
 * files are in a temporary folder, encrypted, and go when this is closed. For one thread.
 */
final class FileMaps implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileMaps.class);
  private static final String PREFIX = "flagstream-ledger-";

  /** With the id of the process. */
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-.*");

  private static final long CACHE_BYTES = 32L << 20;
  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final int BLOOM_BITS = 10;

  static {
    RocksDB.loadLibrary();
  }

  private final ObjectMapper mapper =
      new ObjectMapper().setVisibility(PropertyAccessor.FIELD, Visibility.ANY);
  private final FileSeal seal = new FileSeal();
  private final Path folder;
  private final LRUCache cache = new LRUCache(CACHE_BYTES);
  private final BloomFilter filter = new BloomFilter(BLOOM_BITS);
  private final Options options;
  private final WriteOptions notLogged = new WriteOptions().setDisableWAL(true);
  private final RocksDB files;
  private final List<FileMap<?>> maps = new ArrayList<>();

  /** Deletes the files where the ledger is ended from outside. */
  private final Thread atExit;

  private FileMaps(Path folder) throws RocksDBException {
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
    files = RocksDB.open(options, folder.toString());
    atExit = new Thread(() -> delete(folder), "ledger-files");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * No maps yet, in a new folder among the machine's temporary ones.
   *
   * @throws StackException naming the folder if no files can be made there
   */
  static FileMaps open() {
    Path folder = null;
    try {
      Path parent = Path.of(System.getProperty("java.io.tmpdir"));
      deleteLeftOver(parent);
      folder = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
      return new FileMaps(folder);
    } catch (IOException | RocksDBException e) {
      if (folder != null) {
        delete(folder);
      }
      throw new StackException(
          "The ledger cannot write what it works with to %s: %s. Give it another folder:"
                  .formatted(
                      folder == null ? System.getProperty("java.io.tmpdir") : folder,
                      e.getMessage())
              + " JAVA_OPTS=-Djava.io.tmpdir=…",
          e);
    }
  }

  /** Another map, empty. */
  <V> FileMap<V> map(TypeReference<V> type) {
    FileMap<V> map = new FileMap<>(files, notLogged, mapper, seal, type, maps.size());
    maps.add(map);
    return map;
  }

  /** Where the files are. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    maps.forEach(FileMap::close);
    files.close();
    notLogged.close();
    options.close();
    filter.close();
    cache.close();
    delete(folder);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is about to end, and the hook finds nothing any more.
    }
  }

  /** Removes what ledgers have left that were killed: their keys are gone with them. */
  private static void deleteLeftOver(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      folders.filter(FileMaps::isLeftOver).forEach(FileMaps::delete);
    }
  }

  private static boolean isLeftOver(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** Leaves what cannot be deleted: the figures do not depend on it, and the next ledger tries. */
  private static void delete(Path folder) {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.forEach(all::add);
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Cannot look into {}: {}", folder, e.getMessage());
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(all.get(i));
      } catch (IOException e) {
        LOG.warn("Cannot delete {}: {}", all.get(i), e.getMessage());
      }
    }
  }
}
