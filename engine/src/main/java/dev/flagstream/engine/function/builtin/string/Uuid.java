package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import java.util.UUID;

/** {@code UUID}, another value at each call. */
@UdfDescription(
    name = "uuid",
    category = FunctionCategory.STRING,
    description = "A random universally unique identifier (RFC 4122, version 4).")
public class Uuid {

  @Udf
  public String uuid() {
    return UUID.randomUUID().toString();
  }
}
