package dev.flagstream.udf.incident;

import java.math.BigDecimal;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * An incident: flagged transactions of one card, none further than the gap from the next.
 * Immutable.
 *
 * @param id the id of the transaction that opened it, which stays when an earlier one arrives late
 * @param startedMs the time of its earliest transaction, epoch milliseconds
 * @param latestMs the time of its latest transaction, epoch milliseconds
 * @param transactions how many there are
 * @param suppressed how many of them came since people were last told, and were not worth telling
 * @param amount what was paid in all
 * @param expectedLoss the sum of the transactions' expected losses
 * @param severity the highest that it had
 * @param alert why people are to be told of its newest transaction; null if they are not
 */
record Incident(
    String id,
    long startedMs,
    long latestMs,
    long transactions,
    long suppressed,
    BigDecimal amount,
    BigDecimal expectedLoss,
    IncidentSeverity severity,
    Alert alert) {

  /** Why the incident is reported to people. */
  enum Alert {
    /** The first transaction of an incident. */
    OPENED,
    /** The expected loss has reached a higher severity. */
    ESCALATED
  }

  /** The SQL type of an incident. */
  static final String STRUCT =
      "STRUCT<INCIDENT_ID VARCHAR, STARTED BIGINT, LATEST BIGINT, TRANSACTIONS BIGINT"
          + ", SUPPRESSED BIGINT, AMOUNT DECIMAL(34, 2), EXPECTED_LOSS DECIMAL(34, 2)"
          + ", SEVERITY VARCHAR, ALERT VARCHAR>";

  private static final Schema MONEY =
      Decimal.builder(2).parameter("connect.decimal.precision", "34").optional().build();

  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .field("INCIDENT_ID", Schema.OPTIONAL_STRING_SCHEMA)
          .field("STARTED", Schema.OPTIONAL_INT64_SCHEMA)
          .field("LATEST", Schema.OPTIONAL_INT64_SCHEMA)
          .field("TRANSACTIONS", Schema.OPTIONAL_INT64_SCHEMA)
          .field("SUPPRESSED", Schema.OPTIONAL_INT64_SCHEMA)
          .field("AMOUNT", MONEY)
          .field("EXPECTED_LOSS", MONEY)
          .field("SEVERITY", Schema.OPTIONAL_STRING_SCHEMA)
          .field("ALERT", Schema.OPTIONAL_STRING_SCHEMA)
          .optional()
          .build();

  static Incident openedBy(IncidentTransaction transaction, IncidentSettings settings) {
    return new Incident(
        transaction.id(),
        transaction.timeMs(),
        transaction.timeMs(),
        1,
        0,
        transaction.amount(),
        transaction.expectedLoss(),
        settings.severityOf(transaction.expectedLoss()),
        Alert.OPENED);
  }

  /** Whether a transaction of a time belongs to it. */
  boolean takes(long timeMs, long gapMs) {
    return timeMs >= startedMs - gapMs && timeMs <= latestMs + gapMs;
  }

  /** Whether a transaction of one may belong to the other. */
  boolean isWithin(long gapMs, Incident other) {
    return startedMs - gapMs <= other.latestMs && other.startedMs <= latestMs + gapMs;
  }

  /** With one more transaction. */
  Incident with(IncidentTransaction transaction, IncidentSettings settings) {
    BigDecimal loss = expectedLoss.add(transaction.expectedLoss());
    IncidentSeverity now = settings.severityOf(loss);
    boolean worse = now.compareTo(severity) > 0;
    return new Incident(
        id,
        Math.min(startedMs, transaction.timeMs()),
        Math.max(latestMs, transaction.timeMs()),
        transactions + 1,
        suppressed + (worse ? 0 : 1),
        amount.add(transaction.amount()),
        loss,
        worse ? now : severity,
        worse ? Alert.ESCALATED : null);
  }

  /**
   * Both in one, under the name of the one that started earlier: a transaction that came late lies
   * between them. What was reported stays reported; the union itself is not reported.
   */
  Incident joinedWith(Incident other) {
    Incident first = startedMs <= other.startedMs ? this : other;
    return new Incident(
        first.id,
        first.startedMs,
        Math.max(latestMs, other.latestMs),
        transactions + other.transactions,
        suppressed + other.suppressed,
        amount.add(other.amount),
        expectedLoss.add(other.expectedLoss),
        severity.compareTo(other.severity) >= 0 ? severity : other.severity,
        null);
  }

  /** The same once people have been told of it, or once a row of another incident came. */
  Incident quiet() {
    return new Incident(
        id,
        startedMs,
        latestMs,
        transactions,
        alert == null ? suppressed : 0,
        amount,
        expectedLoss,
        severity,
        null);
  }

  Struct toStruct() {
    return new Struct(SCHEMA)
        .put("INCIDENT_ID", id)
        .put("STARTED", startedMs)
        .put("LATEST", latestMs)
        .put("TRANSACTIONS", transactions)
        .put("SUPPRESSED", suppressed)
        .put("AMOUNT", amount)
        .put("EXPECTED_LOSS", expectedLoss)
        .put("SEVERITY", severity.name())
        .put("ALERT", alert == null ? null : alert.name());
  }

  static Incident of(Struct struct) {
    String alert = struct.getString("ALERT");
    return new Incident(
        struct.getString("INCIDENT_ID"),
        struct.getInt64("STARTED"),
        struct.getInt64("LATEST"),
        struct.getInt64("TRANSACTIONS"),
        struct.getInt64("SUPPRESSED"),
        (BigDecimal) struct.get("AMOUNT"),
        (BigDecimal) struct.get("EXPECTED_LOSS"),
        IncidentSeverity.valueOf(struct.getString("SEVERITY")),
        alert == null ? null : Alert.valueOf(alert));
  }
}
