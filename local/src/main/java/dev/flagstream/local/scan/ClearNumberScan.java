package dev.flagstream.local.scan;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks for the card numbers of the input topic in everything else that a folder of data holds:
 * records of all other topics (keys, values, headers), entries of state stores and of the document
 * store, rows of the lake, logs, and whatever else lies there.
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

  private ClearNumberScan() {}

  /**
   * Reads the folder.
   *
   * @param settings of a stack, which may be running
   * @throws StackException if the input topic holds no card number, so that there is nothing to
   *     look for; or if there is a lake, and nothing that reads it was built
   * @throws UncheckedIOException if a file cannot be read
   */
  public static Result of(StackSettings settings) {
    Path data = settings.data();
    KnownNumbers known = new KnownNumbers();
    InputNumbers input = new InputNumbers(known);
    try {
      for (KafkaSegment segment : InputFiles.segmentsOf(settings)) {
        segment.read(input::addFrom);
      }
      if (known.count() == 0) {
        throw new StackException(
            "There is no card number to look for: %s holds no record of %s. %s"
                .formatted(data, Environment.INPUT_TOPIC, InputFiles.ADVICE));
      }
      List<Finding> findings = new ArrayList<>();
      FolderScan scan =
          new FolderScan(
              settings,
              new NumberSearch(known),
              (group, place, lastFour) -> {
                if (findings.size() < MOST_FINDINGS) {
                  String within = place.get();
                  findings.add(
                      new Finding(within.isEmpty() ? group : group + ", " + within, lastFour));
                }
              },
              Set.of(Environment.INPUT_TOPIC));
      scan.run();
      return new Result(
          known.count(), scan.topics(), scan.records(), scan.entries(), scan.files(), findings);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what is in " + data, e);
    }
  }
}
