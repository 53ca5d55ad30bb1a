package dev.flagstream.udf.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Makes a model's row of what SQL passes: NULL becomes NaN, which stands for a missing value. A row
 * is the calling thread's until its next call for the same model. Thread-safe.
 */
final class FeatureRows {

  /** So many pairs of a model and a schema stay known: more than a query has, yet bounded. */
  private static final int MAX_BINDINGS = 16;

  /**
   * Replaced as a whole, the newest first. If two threads add one at once, one of them may be lost
   * and is added again.
   */
  private volatile Binding[] bindings = {};

  /** Where a struct has a model's features. */
  private static final class Binding {

    private final ModelBundle model;
    private final Schema schema;
    private final Field[] fields;

    Binding(ModelBundle model, Schema schema, Field[] fields) {
      this.model = model;
      this.schema = schema;
      this.fields = fields;
    }

    boolean isOf(ModelBundle otherModel, Schema otherSchema) {
      return model == otherModel && schema == otherSchema;
    }
  }

  /**
   * The row of a struct whose fields are named as the features. It may have fields that the model
   * does not use.
   *
   * @throws IllegalArgumentException naming a feature that the struct lacks
   */
  double[] of(ModelBundle model, Struct features) {
    Field[] fields = binding(model, features.schema()).fields;
    double[] row = model.rowOfThread();
    for (int feature = 0; feature < fields.length; feature++) {
      row[feature] = orNaN((Double) features.get(fields[feature]));
    }
    return row;
  }

  private Binding binding(ModelBundle model, Schema schema) {
    Binding[] known = bindings;
    for (Binding binding : known) {
      if (binding.isOf(model, schema)) {
        return binding;
      }
    }
    Binding added = bind(model, schema);
    Binding[] more = new Binding[Math.min(known.length + 1, MAX_BINDINGS)];
    more[0] = added;
    System.arraycopy(known, 0, more, 1, more.length - 1);
    bindings = more;
    return added;
  }

  private static Binding bind(ModelBundle model, Schema schema) {
    List<String> names = model.model().features();
    Field[] fields = new Field[names.size()];
    for (int feature = 0; feature < fields.length; feature++) {
      Field field = schema.field(names.get(feature));
      if (field == null) {
        throw new IllegalArgumentException(
            "the model %s needs the feature %s, which the features of a transaction do not have;"
                    .formatted(model.version(), names.get(feature))
                + " pass a MAP of exactly its features instead");
      }
      fields[feature] = field;
    }
    return new Binding(model, schema, fields);
  }

  /**
   * The row of a map that has exactly the model's features, named as the model names them.
   *
   * @throws IllegalArgumentException naming a feature that is missing or unknown
   */
  double[] of(ModelBundle model, Map<String, Double> features) {
    List<String> names = model.model().features();
    double[] row = model.rowOfThread();
    for (int feature = 0; feature < row.length; feature++) {
      Double value = features.get(names.get(feature));
      if (value == null && !features.containsKey(names.get(feature))) {
        throw mismatch(model, features.keySet());
      }
      row[feature] = orNaN(value);
    }
    if (features.size() != row.length) {
      throw mismatch(model, features.keySet());
    }
    return row;
  }

  private static IllegalArgumentException mismatch(ModelBundle model, Set<String> given) {
    Set<String> known = new HashSet<>(model.model().features());
    for (String name : given) {
      if (!known.contains(name)) {
        return model.unknownFeature(String.valueOf(name));
      }
    }
    known.removeAll(given);
    return new IllegalArgumentException(
        "the model %s needs the feature %s; pass NULL where its value is not known"
            .formatted(model.version(), known.iterator().next()));
  }

  private static double orNaN(Double value) {
    return value == null ? Double.NaN : value;
  }
}
