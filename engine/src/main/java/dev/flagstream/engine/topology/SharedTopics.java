package dev.flagstream.engine.topology;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.source.RowsOfRecords;
import dev.flagstream.engine.topology.source.SourceSerdes;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * The topics that more than one source of a query declares.
 *
 * <p>Kafka Streams reads a topic once in a topology, with the deserializers of the first source. So
 * here it reads bytes, and each declaration makes its own rows of them: columns, types, formats and
 * times may differ. Only keys that all declarations read alike are already read at the source:
 * Kafka Streams then knows that the partitions are those of the keys. Otherwise rows have new keys,
 * and joins partition them anew.
 */
final class SharedTopics {

  private final Map<String, List<PlanStep.Read>> readsByTopic = new LinkedHashMap<>();
  private final Map<String, KStream<Object, byte[]>> streams = new HashMap<>();
  private final BuildContext context;

  SharedTopics(BuildContext context, PlanStep plan) {
    this.context = context;
    collect(plan);
    readsByTopic.values().removeIf(reads -> reads.size() == 1);
  }

  private void collect(PlanStep step) {
    if (step instanceof PlanStep.Read read) {
      readsByTopic.computeIfAbsent(read.source().topic(), topic -> new ArrayList<>()).add(read);
    }
    step.inputs().forEach(this::collect);
  }

  boolean contains(String topic) {
    return readsByTopic.containsKey(topic);
  }

  /** The rows that one declaration makes of the topic's records. */
  KStream<Object, Object[]> read(PlanStep.Read step, SourceSerdes serdes, String name) {
    String topic = step.source().topic();
    boolean sameKeys = haveSameKeys(readsByTopic.get(topic));
    KStream<Object, byte[]> records =
        streams.computeIfAbsent(
            topic, first -> records(first, sameKeys ? serdes.key() : bytesAsKeys(), name));
    Named rows = Named.as(context.uniqueName(name + "-Rows"));
    return sameKeys
        ? records.processValues(() -> RowsOfRecords.withReadKeys(serdes), rows)
        : records.process(() -> RowsOfRecords.withKeys(serdes), rows);
  }

  private KStream<Object, byte[]> records(String topic, Serde<Object> keys, String name) {
    return context.streams().stream(
        topic,
        Consumed.with(keys, Serdes.ByteArray())
            .withName(name + "-Source")
            .withOffsetResetPolicy(
                context
                    .firstOffsets()
                    .ofTopic(
                        readsByTopic.get(topic).stream().map(read -> read.source().kind()).toList())
                    .orElse(null)));
  }

  private static Serde<Object> bytesAsKeys() {
    Deserializer<Object> same = (topic, bytes) -> bytes;
    return Serdes.serdeFrom((topic, key) -> (byte[]) key, same);
  }

  private static boolean haveSameKeys(List<PlanStep.Read> reads) {
    Source first = reads.get(0).source();
    return reads.stream().map(PlanStep.Read::source).allMatch(other -> haveSameKeys(first, other));
  }

  private static boolean haveSameKeys(Source one, Source other) {
    boolean named = one.keyFormat().kind() == Format.Kind.JSON && one.schema().key().size() > 1;
    return one.keyFormat().equals(other.keyFormat())
        && one.window().equals(other.window())
        && types(one).equals(types(other))
        && (!named || names(one).equals(names(other)));
  }

  private static List<SqlType> types(Source source) {
    return source.schema().key().stream().map(Column::type).toList();
  }

  private static List<String> names(Source source) {
    return source.schema().key().stream().map(Column::name).toList();
  }
}
