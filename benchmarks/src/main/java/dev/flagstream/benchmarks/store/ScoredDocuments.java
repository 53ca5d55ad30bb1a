package dev.flagstream.benchmarks.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.benchmarks.ScoredDecisions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
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

  private static final String CONVERTER = "value.converter.";

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
    List<RawBsonDocument> made = new ArrayList<>();
    ScoredDecisions.make(
        home, extensions, count, decision -> made.add(documents.document(decision.value())));
    return made;
  }

  /** The same decision by other rules. */
  static RawBsonDocument changed(RawBsonDocument decision) {
    BsonDocument changed = decision.decode(new BsonDocumentCodec());
    changed.put("rule_set", new BsonString("rules-2@000000000000"));
    return new RawBsonDocument(changed, new BsonDocumentCodec());
  }

  private RawBsonDocument document(byte[] json) {
    SchemaAndValue decision = converter.toConnectData(ScoredDecisions.TOPIC, json);
    SinkRecord renamed =
        names.apply(
            new SinkRecord(
                ScoredDecisions.TOPIC, 0, null, null, decision.schema(), decision.value(), 0));
    BsonDocument document = (BsonDocument) bson(renamed.value());
    document.put("location_point", point(document.get("location")));
    document.put("_id", document.get("transaction_id"));
    return new RawBsonDocument(document, new BsonDocumentCodec());
  }

  /** What the plug-in of connect/mongodb adds. */
  private static BsonValue point(BsonValue location) {
    if (location.isNull()
        || !(location.asDocument().get("lat") instanceof BsonDouble latitude)
        || !(location.asDocument().get("lon") instanceof BsonDouble longitude)) {
      return BsonNull.VALUE;
    }
    return new BsonDocument("type", new BsonString("Point"))
        .append("coordinates", new BsonArray(List.of(longitude, latitude)));
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
