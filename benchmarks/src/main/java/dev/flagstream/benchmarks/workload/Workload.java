package dev.flagstream.benchmarks.workload;

import java.util.List;
import java.util.Locale;

/** One job, as SQL; {@code handwritten} has the same as a program. */
public enum Workload {
  /** Keeps what the rules find suspicious, with six columns. */
  FILTER(
      """
      CREATE STREAM %1$s WITH (KAFKA_TOPIC='%1$s', VALUE_FORMAT='JSON') AS
        SELECT card_number, transaction_id, amount, merchant, location, event_time
        FROM transactions
        WHERE IS_FRAUD(amount, location);
      """),

  /** Counts, adds up and bounds the amounts of each card in every 10 seconds. */
  WINDOWS(
      """
      CREATE TABLE %1$s WITH (KAFKA_TOPIC='%1$s', VALUE_FORMAT='JSON') AS
        SELECT card_number, COUNT(*) AS cnt, SUM(amount) AS total, MIN(amount) AS mn, MAX(amount) AS mx,
          WINDOWSTART AS ws, WINDOWEND AS we
        FROM transactions
        WINDOW TUMBLING (SIZE 10 SECONDS)
        GROUP BY card_number;
      """),

  /** Adds what is known of the card. */
  JOIN(
      """
      CREATE STREAM %1$s WITH (KAFKA_TOPIC='%1$s', VALUE_FORMAT='JSON') AS
        SELECT t.card_number, t.transaction_id, t.amount, t.location, c.home_city, c.risk
        FROM transactions t
        JOIN cards c ON t.card_number = c.card_number;
      """);

  private static final String SOURCES =
      """
      CREATE STREAM transactions (card_number VARCHAR KEY, transaction_id VARCHAR, amount DOUBLE,
        currency VARCHAR, merchant VARCHAR, location VARCHAR, customer_id VARCHAR, ip VARCHAR,
        event_time BIGINT)
        WITH (KAFKA_TOPIC='%s', VALUE_FORMAT='JSON', TIMESTAMP='event_time');
      CREATE TABLE cards (card_number VARCHAR PRIMARY KEY, home_city VARCHAR, risk INT)
        WITH (KAFKA_TOPIC='%s', VALUE_FORMAT='JSON');
      """
          .formatted(InputTopics.TRANSACTIONS, InputTopics.CARDS);

  private final String statement;

  Workload(String statement) {
    this.statement = statement;
  }

  /** The statements that declare the inputs. */
  public static String sources() {
    return SOURCES;
  }

  /** The job as a statement that writes to {@code sink}: the name of topic and stream or table. */
  public String statement(String sink) {
    return statement.formatted(sink);
  }

  /** The topics the job reads to their end. */
  public List<String> inputs() {
    return this == JOIN
        ? List.of(InputTopics.TRANSACTIONS, InputTopics.CARDS)
        : List.of(InputTopics.TRANSACTIONS);
  }

  /** Whether every program must write as many records as the others; updates of a table merge. */
  public boolean writesEachRowOnce() {
    return this != WINDOWS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
