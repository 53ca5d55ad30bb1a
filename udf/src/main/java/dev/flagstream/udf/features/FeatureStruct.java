package dev.flagstream.udf.features;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * The STRUCT of features that an aggregate function gives: DOUBLEs, and behind them BIGINTs that
 * count what its bounds left out. Immutable.
 *
 * @param <M> what the features are read from
 */
final class FeatureStruct<M> {

  private final List<ToDoubleFunction<M>> measures;
  private final Schema schema;
  private final Field[] fields;

  /**
   * A struct of these features and counts.
   *
   * @param measures how each feature is measured, in order; NaN for NULL
   * @param counts the names of the counts
   */
  FeatureStruct(Map<TransactionFeature, ToDoubleFunction<M>> measures, String... counts) {
    this.measures = List.copyOf(measures.values());
    SchemaBuilder struct = SchemaBuilder.struct().optional();
    for (TransactionFeature feature : measures.keySet()) {
      struct.field(feature.lowerCaseName(), Schema.OPTIONAL_FLOAT64_SCHEMA);
    }
    for (String count : counts) {
      struct.field(count, Schema.OPTIONAL_INT64_SCHEMA);
    }
    schema = struct.build();
    fields = schema.fields().toArray(new Field[0]);
  }

  /** The result of a row that is no transaction: nothing but NULLs. */
  Struct nothing() {
    return new Struct(schema);
  }

  /** What was measured, and the counts in the order of their names. */
  Struct of(M measured, long... counts) {
    Struct row = new Struct(schema);
    int next = 0;
    for (ToDoubleFunction<M> measure : measures) {
      double value = measure.applyAsDouble(measured);
      if (!Double.isNaN(value)) {
        row.put(fields[next], value);
      }
      next++;
    }
    for (long count : counts) {
      row.put(fields[next++], count);
    }
    return row;
  }
}
