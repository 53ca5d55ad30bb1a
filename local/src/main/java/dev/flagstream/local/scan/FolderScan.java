package dev.flagstream.local.scan;

import dev.flagstream.client.lake.ParquetTexts;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/**
 * Looks for something in every byte that a folder of data holds: records of topics (keys, values,
 * headers), entries of state stores and of the document store, rows of the lake, logs, and whatever
 * else lies there.
 *
 * <p>It reads files alone, so that it sees what no client is shown: aborted records, records of
 * deleted topics, replaced documents. What a running part still holds in memory it does not see.
 * For one thread; holds one record or entry at a time.
 */
final class FolderScan {

  /** Takes what is found. */
  interface Findings {

    /**
     * Something is there.
     *
     * @param group the topic, or the file
     * @param place within it: partition, offset and part of the record, or which part of an entry
     * @param what as the search names it
     */
    void add(String group, Supplier<String> place, String what);
  }

  private static final int CHUNK = 1 << 20;
  private static final String TABLE = ".sst";
  private static final String ROWS = ".parquet";

  /** Offsets and times of records as numbers, of a size that a broker reserves beforehand. */
  private static final List<String> INDEXES = List.of(".index", ".timeindex");

  static {
    RocksDB.loadLibrary();
  }

  private final Path data;
  private final StackSettings settings;
  private final ByteSearch search;
  private final Findings findings;
  private final Set<String> passedOver;
  private final Set<String> topics = new TreeSet<>();
  private long records;
  private long entries;
  private long files;

  /** Made once there is a file for it. */
  private ParquetTexts parquet;

  /**
   * A scan of a stack's data.
   *
   * @param passedOver topics that are not looked into
   */
  FolderScan(StackSettings settings, ByteSearch search, Findings findings, Set<String> passedOver) {
    this.data = settings.data();
    this.settings = settings;
    this.search = search;
    this.findings = findings;
    this.passedOver = Set.copyOf(passedOver);
  }

  /**
   * Looks into everything.
   *
   * @throws StackException if there are rows of a lake, and nothing that reads them was built
   */
  void run() throws IOException {
    try {
      for (Path file : filesOf(data)) {
        look(file);
      }
    } finally {
      if (parquet != null) {
        parquet.close();
      }
    }
  }

  /** How many topics were read. */
  int topics() {
    return topics.size();
  }

  /** How many records they hold. */
  long records() {
    return records;
  }

  /** How many keys and values of RocksDB were read. */
  long entries() {
    return entries;
  }

  /** How many files of other kinds. */
  long files() {
    return files;
  }

  /** All but indexes, sorted; a file that vanishes meanwhile may be among them. */
  static Set<Path> filesOf(Path data) throws IOException {
    Set<Path> files = new TreeSet<>();
    if (!Files.isDirectory(data)) {
      return files;
    }
    Files.walkFileTree(
        data,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                && INDEXES.stream().noneMatch(file.toString()::endsWith)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    return files;
  }

  private void look(Path file) throws IOException {
    KafkaSegment segment = KafkaSegment.of(file);
    try {
      if (segment != null) {
        if (!passedOver.contains(segment.topic())) {
          topics.add(segment.topic());
          segment.read(each -> look(segment, each));
        }
      } else if (file.toString().endsWith(TABLE)) {
        lookIntoTable(file);
      } else {
        if (file.toString().endsWith(ROWS) && ParquetTexts.isWhole(file)) {
          lookIntoRows(file);
        }
        lookIntoBytes(file);
      }
    } catch (NoSuchFileException e) {
      // A running part has deleted it since the list was made.
    } catch (StackException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Files.exists(file)) {
        throw new IOException("Cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  private void look(KafkaSegment segment, Record each) {
    records++;
    String topic = "topic " + segment.topic();
    note(topic, in(Utils.toNullableArray(each.key())), () -> place(segment, each) + "key");
    note(topic, in(Utils.toNullableArray(each.value())), () -> place(segment, each) + "value");
    for (Header header : each.headers()) {
      note(topic, in(header.value()), () -> place(segment, each) + "header " + header.key());
    }
  }

  private Optional<String> in(byte[] bytes) {
    return bytes == null ? Optional.empty() : search.in(bytes, bytes.length);
  }

  private static String place(KafkaSegment segment, Record each) {
    return "partition %d, offset %d, ".formatted(segment.partition(), each.offset());
  }

  private void lookIntoTable(Path file) throws IOException {
    try (Options options = new Options();
        ReadOptions readOptions = new ReadOptions().setVerifyChecksums(false);
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(file.toString());
      try (SstFileReaderIterator each = reader.newIterator(readOptions)) {
        for (each.seekToFirst(); each.isValid(); each.next()) {
          entries++;
          note(name(file), in(each.key()), () -> "key");
          note(name(file), in(each.value()), () -> "value");
        }
        each.status();
      }
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /**
   * What is in a file that is not whole yet, as a sink that was killed may leave one, is unread.
   */
  private void lookIntoRows(Path file) throws IOException {
    if (parquet == null) {
      parquet = Lakes.texts(settings);
    }
    parquet.read(
        file,
        (row, column, text) ->
            note(
                name(file),
                in(text.getBytes(StandardCharsets.UTF_8)),
                () -> "row %d, column %s".formatted(row, column)));
  }

  private void lookIntoBytes(Path file) throws IOException {
    files++;
    try (InputStream in = open(file)) {
      byte[] chunk = new byte[CHUNK];
      int kept = 0;
      while (true) {
        int read = in.readNBytes(chunk, kept, CHUNK - kept);
        if (read == 0) {
          return;
        }
        Optional<String> found = search.in(chunk, kept + read);
        if (found.isPresent()) {
          note(name(file), found, () -> "");
          return;
        }
        kept = Math.min(kept + read, overlap(chunk, kept + read));
        System.arraycopy(chunk, chunk.length - kept, chunk, 0, kept);
      }
    }
  }

  /**
   * How many bytes at the end are looked at once more, with those that follow: enough for what lies
   * across, also as Base64, of which whole groups of four are left behind.
   */
  private int overlap(byte[] bytes, int length) {
    int least = 2 * search.context();
    int run = Base64Runs.lengthAtEnd(bytes, length);
    return run <= least ? least : least + (run - least) % Base64Runs.GROUP;
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private String name(Path file) {
    return "file " + data.relativize(file);
  }

  private void note(String group, Optional<String> what, Supplier<String> place) {
    what.ifPresent(found -> findings.add(group, place, found));
  }
}
