package dev.flagstream.udf.model;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** A feature that moved a score: its name, its value and by how much it did. */
final class Reason {

  static final String STRUCT = "STRUCT<`feature` VARCHAR, `value` DOUBLE, `contribution` DOUBLE>";

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .optional()
          .field("feature", Schema.OPTIONAL_STRING_SCHEMA)
          .field("value", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .field("contribution", Schema.OPTIONAL_FLOAT64_SCHEMA)
          .build();
  private static final Field FEATURE = SCHEMA.field("feature");
  private static final Field VALUE = SCHEMA.field("value");
  private static final Field CONTRIBUTION = SCHEMA.field("contribution");

  private Reason() {}

  /**
   * The features that moved the score of a row most, up or down; those that did not are left out.
   * Of two that moved it alike the one that is earlier in the model comes first.
   */
  static List<Struct> mostMoving(ModelBundle model, double[] row, int limit) {
    double[] contributions = model.contributions(row);
    List<Struct> reasons = new ArrayList<>(Math.min(limit, row.length));
    while (reasons.size() < limit) {
      int feature = mostMoving(contributions);
      if (!(Math.abs(contributions[feature]) > 0)) {
        break;
      }
      reasons.add(
          new Struct(SCHEMA)
              .put(FEATURE, model.model().features().get(feature))
              .put(VALUE, ConfiguredModels.orNull(row[feature]))
              .put(CONTRIBUTION, contributions[feature]));
      contributions[feature] = 0;
    }
    return reasons;
  }

  private static int mostMoving(double[] contributions) {
    int most = 0;
    for (int feature = 1; feature < contributions.length; feature++) {
      if (Math.abs(contributions[feature]) > Math.abs(contributions[most])) {
        most = feature;
      }
    }
    return most;
  }
}
