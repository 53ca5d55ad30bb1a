package dev.flagstream.local.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.bson.Document;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Card numbers in every kind of place where a stack that is not running may have left one. */
public final class PlantedNumbers {

  /** Where they are; names of RocksDB's files are stars. */
  public static final List<String> PLACES =
      List.of(
          "topic planted, partition 0, offset 0, key",
          "topic planted, partition 0, offset 1, value",
          "topic planted, partition 0, offset 2, header card",
          "file sql/state/planted/*, key",
          "file sql/state/planted/*, value",
          "file logs/planted.log.gz",
          "file mongo/documents/*");

  private PlantedNumbers() {}

  /** Plants one in each place. */
  public static void in(StackSettings settings, String card) throws Exception {
    String grouped = card.replaceAll("(....)(?=.)", "$1-");
    inTopic(settings.data().resolve("kafka/planted-0"), card, grouped);
    inTable(settings.data().resolve("sql/state/planted"), card, grouped);
    inLog(settings.data().resolve("logs/planted.log.gz"), grouped);
    inDocument(settings, grouped);
  }

  /** A place as in {@link #PLACES}. */
  public static String withoutFileNumber(String place) {
    return place.replaceAll("\\d{6}[.]\\w+", "*");
  }

  private static void inTopic(Path folder, String card, String grouped) throws IOException {
    Files.createDirectories(folder);
    Header header = new RecordHeader("card", grouped.getBytes(UTF_8));
    try (FileRecords segment =
        FileRecords.open(folder.resolve("00000000000000000000.log").toFile())) {
      segment.append(
          MemoryRecords.withRecords(
              Compression.lz4().build(),
              new SimpleRecord(0, card.getBytes(UTF_8), null),
              new SimpleRecord(0, null, ("{\"C\":\"" + grouped + "\"}").getBytes(UTF_8)),
              new SimpleRecord(0, new byte[0], null, new Header[] {header})));
    }
  }

  private static void inTable(Path folder, String card, String grouped)
      throws IOException, RocksDBException {
    Files.createDirectories(folder);
    try (Options options = new Options().setCreateIfMissing(true);
        FlushOptions flush = new FlushOptions();
        RocksDB table = RocksDB.open(options, folder.toString())) {
      table.put("!".getBytes(UTF_8), new byte[0]); // the manifest names the first key
      table.put(card.getBytes(UTF_8), "by its key".getBytes(UTF_8));
      table.put("by its value".getBytes(UTF_8), grouped.getBytes(UTF_8));
      table.flush(flush);
    }
  }

  private static void inLog(Path file, String grouped) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x".repeat(2_000_000).getBytes(UTF_8));
      out.write((" WARN cannot read " + grouped + "\n").getBytes(UTF_8));
    }
  }

  private static void inDocument(StackSettings settings, String grouped) {
    Store store = Store.start(settings);
    try (MongoClient client = MongoClients.create(settings.mongoUri())) {
      client
          .getDatabase(Environment.DATABASE)
          .getCollection("planted")
          .insertOne(new Document("note", "called about " + grouped));
    } finally {
      store.close();
    }
  }
}
