package dev.flagstream.engine.conformance.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.engine.conformance.transcripts.Transcript.TopicRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what differs between what a topic was recorded to hold and what ours holds. */
final class TopicComparison {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** How to compare two topics. */
  enum Mode {
    /** All records, in order within their partition. */
    EVERY_RECORD,
    /** The last record of each key: how many come before it depends on when caches are flushed. */
    LAST_OF_KEY,
    /**
     * The records of keys that both hold: final results come at most once a second, so that it
     * depends on the clock which of them are out.
     */
    COMMON_KEYS,
    /** All records, in any order, times aside: several queries write to the topic at once. */
    ANY_ORDER
  }

  private TopicComparison() {}

  /** What differs; empty if nothing does. */
  static List<String> compare(Mode mode, List<TopicRecord> expected, List<TopicRecord> actual) {
    return switch (mode) {
      case EVERY_RECORD -> byPartition(expected, actual, records -> records);
      case LAST_OF_KEY -> byPartition(expected, actual, TopicComparison::lastOfKeys);
      case COMMON_KEYS -> byPartition(common(expected, actual), common(actual, expected), r -> r);
      case ANY_ORDER -> anyOrder(expected, actual);
    };
  }

  private static List<String> byPartition(
      List<TopicRecord> expected,
      List<TopicRecord> actual,
      Function<List<TopicRecord>, List<TopicRecord>> chosen) {
    // Records without a key go to any partition.
    List<String> differences = new ArrayList<>(anyOrder(withoutKey(expected), withoutKey(actual)));
    int partitions =
        Stream.concat(expected.stream(), actual.stream())
            .mapToInt(record -> record.partition() + 1)
            .max()
            .orElse(0);
    for (int i = 0; i < partitions; i++) {
      int partition = i;
      List<String> theirs =
          chosen.apply(of(partition, expected)).stream().map(TopicComparison::text).toList();
      List<String> ours =
          chosen.apply(of(partition, actual)).stream().map(TopicComparison::text).toList();
      if (!theirs.equals(ours)) {
        differences.add(
            "partition %d holds%n%s%nexpected%n%s"
                .formatted(partition, String.join("\n", ours), String.join("\n", theirs)));
      }
    }
    return differences;
  }

  private static List<TopicRecord> of(int partition, List<TopicRecord> records) {
    return records.stream()
        .filter(record -> record.partition() == partition && record.key() != null)
        .toList();
  }

  private static List<TopicRecord> common(List<TopicRecord> records, List<TopicRecord> others) {
    return records.stream()
        .filter(record -> others.stream().anyMatch(other -> sameKey(record, other)))
        .toList();
  }

  private static boolean sameKey(TopicRecord left, TopicRecord right) {
    return Objects.equals(left.key(), right.key());
  }

  private static List<TopicRecord> withoutKey(List<TopicRecord> records) {
    return records.stream().filter(record -> record.key() == null).toList();
  }

  private static List<TopicRecord> lastOfKeys(List<TopicRecord> records) {
    Map<String, TopicRecord> last = new LinkedHashMap<>();
    records.forEach(record -> last.put(String.valueOf(record.key()), record));
    return last.values().stream()
        .sorted((left, right) -> String.valueOf(left.key()).compareTo(String.valueOf(right.key())))
        .toList();
  }

  private static List<String> anyOrder(List<TopicRecord> expected, List<TopicRecord> actual) {
    Map<String, Long> theirs = counted(expected);
    Map<String, Long> ours = inOwnWords(counted(actual), theirs.keySet());
    List<String> differences = new ArrayList<>();
    theirs.forEach(
        (record, count) -> {
          if (!Objects.equals(ours.get(record), count)) {
            differences.add(
                "%d times, expected %d: %s"
                    .formatted(ours.getOrDefault(record, 0L), count, record));
          }
        });
    ours.forEach(
        (record, count) -> {
          if (!theirs.containsKey(record)) {
            differences.add("%d times, expected never: %s".formatted(count, record));
          }
        });
    return differences;
  }

  /** Where theirs quote their own code, ours may say it in any words. */
  private static Map<String, Long> inOwnWords(Map<String, Long> ours, Set<String> theirs) {
    Map<String, Long> result = new LinkedHashMap<>();
    ours.forEach(
        (record, count) -> {
          String same =
              theirs.stream()
                  .filter(expected -> isSameButForOwnCode(expected, record))
                  .findFirst()
                  .orElse(record);
          result.merge(same, count, Long::sum);
        });
    return result;
  }

  private static boolean isSameButForOwnCode(String expected, String actual) {
    List<String> parts = List.of(expected.split(Pattern.quote(Normalizer.OWN_CODE), -1));
    return parts.size() > 1
        && actual.matches(parts.stream().map(Pattern::quote).collect(Collectors.joining("[^\"]+")));
  }

  private static Map<String, Long> counted(List<TopicRecord> records) {
    return records.stream()
        .map(record -> record.key() + " " + value(record.value()))
        .collect(
            Collectors.groupingBy(Function.identity(), LinkedHashMap::new, Collectors.counting()));
  }

  /** Times of the recording's own clock are left out; those of events are years earlier. */
  private static String text(TopicRecord record) {
    return record.key() + " " + value(record.value());
  }

  private static String value(String value) {
    if (value == null) {
      return "null";
    }
    try {
      JsonNode json = MAPPER.readTree(value);
      return json == null ? value : Normalizer.json(json).toString();
    } catch (JsonProcessingException e) {
      return value;
    }
  }
}
