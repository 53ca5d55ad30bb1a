package dev.flagstream.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks for the card numbers of the input topic everywhere else: in every topic, internal ones too,
 * every document of every collection, and every byte of every file of the data folder. Kafka's own
 * files are read through Kafka, as it may compress them. Keeps the numbers of the input in memory.
 */
final class ClearNumbers {

  private static final Pattern CARD = Pattern.compile("\"card_number\"\\s*:\\s*\"([0-9 -]+)\"");
  private static final int SHORTEST = 12;
  private static final int LONGEST = 19;
  private static final int CHUNK = 1 << 20;

  private final Set<String> numbers = new HashSet<>();

  /** How many were found, by place. */
  private final Map<String, Long> places = new TreeMap<>();

  private long scanned;

  private ClearNumbers() {}

  /** Scans a running pipeline: topics and collections. Files are for {@link #scanFiles}. */
  static ClearNumbers scan(StackSettings settings, MongoClient mongo) {
    ClearNumbers scan = new ClearNumbers();
    scan.readNumbers(settings);
    scan.scanTopics(settings);
    scan.scanCollections(mongo);
    return scan;
  }

  private void readNumbers(StackSettings settings) {
    numbers.addAll(NumberedTransactions.cards());
    new TopicReader(settings.kafka()).read(Environment.INPUT_TOPIC, this::addNumbers);
  }

  private void addNumbers(ConsumerRecord<byte[], byte[]> each) {
    if (each.key() != null) {
      addNumber(new String(each.key(), UTF_8));
    }
    if (each.value() != null) {
      Matcher matcher = CARD.matcher(new String(each.value(), UTF_8));
      while (matcher.find()) {
        addNumber(matcher.group(1));
      }
    }
  }

  private void addNumber(String text) {
    String digits = text.replaceAll("[ -]", "");
    if (digits.matches("[0-9]{" + SHORTEST + "," + LONGEST + "}")) {
      numbers.add(digits);
    }
  }

  private void scanTopics(StackSettings settings) {
    TopicReader reader = new TopicReader(settings.kafka());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", settings.bootstrapServers()))) {
      Set<String> topics =
          admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      for (String topic : topics) {
        if (!topic.equals(Environment.INPUT_TOPIC)) {
          reader.read(
              topic,
              each -> {
                look("topic " + topic, each.key());
                look("topic " + topic, each.value());
                each.headers().forEach(header -> look("topic " + topic, header.value()));
              });
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot list the topics", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while listing the topics", e);
    }
  }

  private void scanCollections(MongoClient mongo) {
    MongoDatabase database = mongo.getDatabase(Environment.DATABASE);
    for (String name : database.listCollectionNames()) {
      database
          .getCollection(name)
          .find()
          .forEach(document -> look("collection " + name, document.toJson().getBytes(UTF_8)));
    }
  }

  /** Scans every byte of every file in a folder, except Kafka's own. */
  void scanFiles(Path data) {
    try (Stream<Path> files = Files.walk(data)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(data.resolve("kafka")))
          .forEach(file -> scanFile(data, file));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + data, e);
    }
  }

  /** Reads in pieces that overlap by more than the longest number, so that none is cut in two. */
  private void scanFile(Path data, Path file) {
    String place = "file " + data.relativize(file);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] rest = {};
      for (byte[] bytes = in.readNBytes(CHUNK); bytes.length > 0; bytes = in.readNBytes(CHUNK)) {
        byte[] joined = new byte[rest.length + bytes.length];
        System.arraycopy(rest, 0, joined, 0, rest.length);
        System.arraycopy(bytes, 0, joined, rest.length, bytes.length);
        look(place, joined);
        int keep = Math.min(joined.length, 2 * LONGEST);
        rest = Arrays.copyOfRange(joined, joined.length - keep, joined.length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private void look(String place, byte[] bytes) {
    if (bytes == null) {
      return;
    }
    scanned += bytes.length;
    StringBuilder digits = new StringBuilder();
    boolean separated = false;
    for (byte each : bytes) {
      if (each >= '0' && each <= '9') {
        digits.append((char) each);
        separated = false;
      } else if (!separated && !digits.isEmpty() && (each == ' ' || each == '-')) {
        separated = true; // groups, with one space or dash between
      } else if (!digits.isEmpty()) {
        lookAt(place, digits);
        separated = false;
      }
    }
    lookAt(place, digits);
  }

  private void lookAt(String place, StringBuilder digits) {
    if (digits.length() >= SHORTEST && holdsNumber(digits.toString())) {
      places.merge(place, 1L, Long::sum);
    }
    digits.setLength(0);
  }

  private boolean holdsNumber(String digits) {
    for (int from = 0; from + SHORTEST <= digits.length(); from++) {
      for (int length = SHORTEST; length <= LONGEST && from + length <= digits.length(); length++) {
        if (numbers.contains(digits.substring(from, from + length))) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many different numbers were looked for. */
  int numbers() {
    return numbers.size();
  }

  /** How many bytes were looked at. */
  long scanned() {
    return scanned;
  }

  /** How many were found, by place; empty if all is well. */
  Map<String, Long> places() {
    return places;
  }
}
