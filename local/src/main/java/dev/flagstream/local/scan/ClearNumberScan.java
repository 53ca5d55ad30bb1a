package dev.flagstream.local.scan;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
 * Looks for the card numbers of the input topic in everything else that a folder of data holds:
 * records of all other topics (keys, values, headers), entries of state stores and of the document
 * store, logs, and whatever else lies there.
 *
 * <p>It reads files alone, so that it sees what no client is shown: aborted records, records of
 * deleted topics, replaced documents. What a running part still holds in memory it does not see. A
 * number that repeats itself, such as 4242 four times, may be found by chance in a fraction such as
 * 14/33. For one thread. Memory: eight bytes for each card number, and one record or entry at a
 * time.
 */
public final class ClearNumberScan {

  /**
   * A place where a number is.
   *
   * @param place topic, partition, offset and part of the record; or the file, for an entry of
   *     RocksDB with key or value
   * @param lastFour of the number that was found there first
   */
  public record Finding(String place, String lastFour) {}

  /**
   * What was looked at, and found.
   *
   * @param numbers how many different card numbers the input topic holds
   * @param topics how many others were read
   * @param records how many they hold
   * @param entries how many keys and values of RocksDB
   * @param files how many files of other kinds
   * @param findings in the order of the files; at most {@value #MOST_FINDINGS}
   */
  public record Result(
      int numbers, int topics, long records, long entries, long files, List<Finding> findings) {

    public Result {
      findings = List.copyOf(findings);
    }
  }

  static final int MOST_FINDINGS = 1_000;

  private static final int CHUNK = 1 << 20;
  private static final String TABLE = ".sst";

  /** Offsets and times of records as numbers, of a size that a broker reserves beforehand. */
  private static final List<String> INDEXES = List.of(".index", ".timeindex");

  static {
    RocksDB.loadLibrary();
  }

  private final Path data;
  private final NumberSearch search;
  private final Set<String> topics = new TreeSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private long records;
  private long entries;
  private long files;

  private ClearNumberScan(Path data, NumberSearch search) {
    this.data = data;
    this.search = search;
  }

  /**
   * Reads the folder.
   *
   * @param data where a stack keeps everything; it may be running
   * @throws StackException if the input topic holds no card number, so that there is nothing to
   *     look for
   * @throws UncheckedIOException if a file cannot be read
   */
  public static Result of(Path data) {
    KnownNumbers known = new KnownNumbers();
    InputNumbers input = new InputNumbers(known);
    try {
      for (Path file : filesOf(data)) {
        KafkaSegment segment = KafkaSegment.of(file);
        if (segment != null && isInput(segment)) {
          segment.read(input::addFrom);
        }
      }
      if (known.count() == 0) {
        throw new StackException(
            "There is no card number to look for: %s holds no record of %s. Run a demo first, or"
                    .formatted(data, Environment.INPUT_TOPIC)
                + " give the folder with --data DIR.");
      }
      ClearNumberScan scan = new ClearNumberScan(data, new NumberSearch(known));
      for (Path file : filesOf(data)) {
        scan.look(file);
      }
      return new Result(
          known.count(), scan.topics.size(), scan.records, scan.entries, scan.files, scan.findings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what is in " + data, e);
    }
  }

  private static boolean isInput(KafkaSegment segment) {
    return segment.topic().equals(Environment.INPUT_TOPIC);
  }

  /** All but indexes, sorted; a file that vanishes meanwhile may be among them. */
  private static Set<Path> filesOf(Path data) throws IOException {
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
        if (!isInput(segment)) {
          topics.add(segment.topic());
          segment.read(each -> look(segment, each));
        }
      } else if (file.toString().endsWith(TABLE)) {
        lookIntoTable(file);
      } else {
        lookIntoBytes(file);
      }
    } catch (NoSuchFileException e) {
      // A running part has deleted it since the list was made.
    } catch (IOException | RuntimeException e) {
      if (Files.exists(file)) {
        throw new IOException("Cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  private void look(KafkaSegment segment, Record each) {
    records++;
    note(search.in(Utils.toNullableArray(each.key())), () -> place(segment, each) + "key");
    note(search.in(Utils.toNullableArray(each.value())), () -> place(segment, each) + "value");
    for (Header header : each.headers()) {
      note(search.in(header.value()), () -> place(segment, each) + "header " + header.key());
    }
  }

  private static String place(KafkaSegment segment, Record each) {
    return "topic %s, partition %d, offset %d, "
        .formatted(segment.topic(), segment.partition(), each.offset());
  }

  private void lookIntoTable(Path file) throws IOException {
    try (Options options = new Options();
        ReadOptions readOptions = new ReadOptions().setVerifyChecksums(false);
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(file.toString());
      try (SstFileReaderIterator each = reader.newIterator(readOptions)) {
        for (each.seekToFirst(); each.isValid(); each.next()) {
          entries++;
          note(search.in(each.key()), () -> name(file) + ", key");
          note(search.in(each.value()), () -> name(file) + ", value");
        }
        each.status();
      }
    } catch (RocksDBException e) {
      throw new IOException(e.getMessage(), e);
    }
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
          note(found, () -> name(file));
          return;
        }
        kept = Math.min(NumberSearch.CONTEXT, kept + read);
        System.arraycopy(chunk, chunk.length - kept, chunk, 0, kept);
      }
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
  }

  private String name(Path file) {
    return "file " + data.relativize(file);
  }

  private void note(Optional<String> lastFour, Supplier<String> place) {
    if (lastFour.isPresent() && findings.size() < MOST_FINDINGS) {
      findings.add(new Finding(place.get(), lastFour.get()));
    }
  }
}
