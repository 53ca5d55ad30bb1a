package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/** A format needs a Schema Registry, and there is none. */
public final class SchemaRegistryRequiredException extends SqlException {

  private static final long serialVersionUID = 1;

  public SchemaRegistryRequiredException(String topic, String format) {
    super(
        "Cannot create topic '"
            + topic
            + "' with format "
            + format
            + " without configuring 'ksql.schema.registry.url'");
  }
}
