package dev.flagstream.benchmarks.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.SqlBackfill;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.sql.SqlScripts;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.transforms.ReplaceField;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.types.Decimal128;

/**
 * Decisions as the sink writes them: transactions of the simulation, scored by the project's own
 * SQL and models, converted by Connect as {@code connect/scored-transactions.json} says.
 */
final class ScoredDocuments {

  private static final long SEED = 42;
  private static final int CUSTOMERS = 10_000;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final String INPUT = "credit_card_transactions";
  private static final String OUTPUT = "scored_transactions";
  private static final String CONVERTER = "value.converter.";

  /** A key like any other: what is tokenized here is made up. */
  private static final String TOKEN_KEY = "00".repeat(31) + "01";

  private final JsonConverter converter = new JsonConverter();
  private final ReplaceField<SinkRecord> names = new ReplaceField.Value<>();

  private ScoredDocuments(Map<String, String> connector) {
    Map<String, String> ofTheConverter = new HashMap<>();
    connector.forEach(
        (key, value) -> {
          if (key.startsWith(CONVERTER)) {
            ofTheConverter.put(key.substring(CONVERTER.length()), value);
          }
        });
    converter.configure(ofTheConverter, false);
    names.configure(Map.of("renames", connector.get("transforms.names.renames")));
  }

  /**
   * Makes {@code count} of them.
   *
   * @param home the project's folder
   * @param extensions where the UDF jar is
   */
  static List<RawBsonDocument> make(Path home, Path extensions, int count) throws IOException {
    Map<String, String> connector =
        new ObjectMapper()
            .readValue(
                home.resolve("connect/scored-transactions.json").toFile(),
                new TypeReference<>() {});
    ScoredDocuments documents = new ScoredDocuments(connector);
    Map<String, String> settings =
        Map.of(
            "ksql.functions.card_token.key",
            TOKEN_KEY,
            "ksql.functions._global_.model.dir",
            home.resolve("models").toAbsolutePath().toString());
    Simulation world = Simulation.of(SimulationParameters.ofCustomers(SEED, CUSTOMERS));
    Iterator<SimulatedTransaction> transactions = world.from(START);
    List<RawBsonDocument> made = new ArrayList<>();
    try (SqlBackfill sql =
        SqlBackfill.ofScripts(FunctionLoader.load(extensions), settings, scripts(home), OUTPUT)) {
      while (made.size() < count) {
        for (OfflineRecord decision : sql.send(INPUT, record(transactions.next().transaction()))) {
          made.add(documents.document(decision.value()));
        }
      }
    }
    return made;
  }

  /** The scripts up to the decision, without that for rejected transactions. */
  private static List<Path> scripts(Path home) {
    return SqlScripts.in(home.resolve("ksql")).files().stream()
        .filter(file -> !file.toString().contains("rejected"))
        .filter(file -> file.getFileName().toString().compareTo("08") < 0)
        .toList();
  }

  private static OfflineRecord record(Transaction transaction) {
    return new OfflineRecord(
        transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
        TransactionJson.encode(transaction),
        transaction.timestampMs(),
        List.of());
  }

  /** The same decision by other rules. */
  static RawBsonDocument changed(RawBsonDocument decision) {
    BsonDocument changed = decision.decode(new BsonDocumentCodec());
    changed.put("rule_set", new BsonString("rules-2@000000000000"));
    return new RawBsonDocument(changed, new BsonDocumentCodec());
  }

  private RawBsonDocument document(byte[] json) {
    SchemaAndValue decision = converter.toConnectData(OUTPUT, json);
    SinkRecord renamed =
        names.apply(new SinkRecord(OUTPUT, 0, null, null, decision.schema(), decision.value(), 0));
    BsonDocument document = (BsonDocument) bson(renamed.value());
    document.put("_id", document.get("transaction_id"));
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }

  private static BsonValue bson(Object value) {
    if (value == null) {
      return BsonNull.VALUE;
    }
    if (value instanceof Struct struct) {
      BsonDocument document = new BsonDocument();
      for (Field field : struct.schema().fields()) {
        document.put(field.name(), bson(struct.get(field)));
      }
      return document;
    }
    if (value instanceof List<?> list) {
      return new BsonArray(list.stream().map(ScoredDocuments::bson).toList());
    }
    if (value instanceof BigDecimal decimal) {
      return new BsonDecimal128(new Decimal128(decimal));
    }
    if (value instanceof Date date) {
      return new BsonDateTime(date.toInstant().toEpochMilli());
    }
    if (value instanceof Double number) {
      return new BsonDouble(number);
    }
    if (value instanceof Integer number) {
      return new BsonInt32(number);
    }
    if (value instanceof Long number) {
      return new BsonInt64(number);
    }
    if (value instanceof Boolean truth) {
      return BsonBoolean.valueOf(truth);
    }
    if (value instanceof String text) {
      return new BsonString(text);
    }
    throw new IllegalArgumentException("No decision has a " + value.getClass());
  }
}
