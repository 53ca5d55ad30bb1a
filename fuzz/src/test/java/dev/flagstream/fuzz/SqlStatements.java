package dev.flagstream.fuzz;

import dev.flagstream.engine.property.GuidedExamples;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Plans statements and runs them on an engine that has a stream and a table. */
final class SqlStatements implements FuzzTarget {

  private static final List<String> BEFORE =
      List.of(
          "CREATE STREAM S (K VARCHAR KEY, I INTEGER, D DOUBLE, N DECIMAL(10, 2), T VARCHAR,"
              + " A ARRAY<VARCHAR>, M MAP<VARCHAR, INTEGER>, P STRUCT<X INTEGER, Y VARCHAR>)"
              + " WITH (KAFKA_TOPIC='s', VALUE_FORMAT='JSON', PARTITIONS=1);",
          "CREATE TABLE B (K VARCHAR PRIMARY KEY, I INTEGER, T VARCHAR)"
              + " WITH (KAFKA_TOPIC='b', VALUE_FORMAT='JSON', PARTITIONS=1);",
          "CREATE TABLE C AS SELECT K, COUNT(*) AS N, SUM(I) AS I FROM S GROUP BY K;",
          "INSERT INTO S VALUES ('a', 1, 1.5, 2.25, 'x', ARRAY['y'], MAP('z' := 1), STRUCT(X := 1, Y := 'w'));");

  @Override
  public void tryOut(byte[] input) {
    GuidedExamples.checkStatements(BEFORE, new String(input, StandardCharsets.UTF_8));
  }
}
