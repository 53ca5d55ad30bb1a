package dev.flagstream.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is grouped, joined and counted in windows comes out the same from one partition and from
 * four, where rows of one group, or that meet in a join, come from different ones.
 */
@ExtendWith(TestCluster.class)
class PartitionsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Cards that fall into different ones of four partitions, two payments of each. */
  private static final List<String> CARDS =
      List.of("4001", "4002", "4003", "4004", "4005", "4006", "4007", "4008");

  @TempDir static Path state;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            "partitions_",
            state,
            Map.of(
                "ksql.streams.num.stream.threads", "2",
                "ksql.streams.auto.offset.reset", "earliest",
                "ksql.streams.commit.interval.ms", "50"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Statements for one number of partitions: the names in them end in that number. */
  private static void run(int partitions, String sql) {
    server.run(sql.replace("#", Integer.toString(partitions)));
  }

  /**
   * Declares payments and sends two of each card: one in Riga at 0 s, one in Bern at 6 s, all later
   * than the epoch.
   */
  private static void pay(String prefix, int partitions) {
    run(
        partitions,
        "CREATE STREAM %1$s_payments_# (card STRING KEY, city STRING, amount DECIMAL(6, 2)) WITH (KAFKA_TOPIC='%1$s_payments_#', FORMAT='JSON', PARTITIONS=#);"
            .formatted(prefix));
    for (int i = 0; i < CARDS.size(); i++) {
      String card = CARDS.get(i);
      run(
          partitions,
          """
          INSERT INTO %1$s_payments_# (ROWTIME, card, city, amount) VALUES (%2$d, '%3$s', 'Riga', 1.25);
          INSERT INTO %1$s_payments_# (ROWTIME, card, city, amount) VALUES (%4$d, '%3$s', 'Bern', 10.50);
          """
              .formatted(prefix, i + 1, card, 6_001 + i));
    }
  }

  private static void awaitRows(int partitions, String select, String... rows) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(server.rows(select.replace("#", Integer.toString(partitions))))
                    .containsExactlyInAnyOrder(rows));
  }

  @ParameterizedTest(name = "{0} partitions")
  @ValueSource(ints = {1, 4})
  void groupsByAColumnThatIsNotTheKey(int partitions) {
    pay("groups", partitions);
    run(
        partitions,
        """
        CREATE TABLE groups_cities_# AS
          SELECT city, COUNT(*) AS n, SUM(amount) AS total FROM groups_payments_# GROUP BY city;
        CREATE TABLE groups_pairs_# AS
          SELECT n, AS_VALUE(n) AS payments, COUNT(*) AS cities FROM groups_cities_# GROUP BY n;""");

    awaitRows(
        partitions, "SELECT * FROM groups_cities_#;", "[\"Riga\",8,10.00]", "[\"Bern\",8,84.00]");
    awaitRows(partitions, "SELECT payments, cities FROM groups_pairs_# WHERE cities > 0;", "[8,2]");
  }

  @ParameterizedTest(name = "{0} partitions")
  @ValueSource(ints = {1, 4})
  void countsInWindowsOfEveryKind(int partitions) {
    pay("windows", partitions);
    run(
        partitions,
        """
        CREATE TABLE windows_tumbling_# AS SELECT city, COUNT(*) AS n FROM windows_payments_#
          WINDOW TUMBLING (SIZE 5 SECONDS) GROUP BY city;
        CREATE TABLE windows_hopping_# AS SELECT city, COUNT(*) AS n FROM windows_payments_#
          WINDOW HOPPING (SIZE 6 SECONDS, ADVANCE BY 3 SECONDS) GROUP BY city;
        CREATE TABLE windows_session_# AS SELECT city, COUNT(*) AS n FROM windows_payments_#
          WINDOW SESSION (1 SECOND) GROUP BY city;""");

    awaitRows(
        partitions,
        "SELECT city, WINDOWSTART, n FROM windows_tumbling_#;",
        "[\"Riga\",0,8]",
        "[\"Bern\",5000,8]");
    awaitRows(
        partitions,
        "SELECT city, WINDOWSTART, n FROM windows_hopping_#;",
        "[\"Riga\",0,8]",
        "[\"Bern\",3000,8]",
        "[\"Bern\",6000,8]");
    awaitRows(
        partitions,
        "SELECT city, WINDOWSTART, WINDOWEND, n FROM windows_session_#"
            + " WHERE city IN ('Riga', 'Bern');",
        "[\"Riga\",1,8,8]",
        "[\"Bern\",6001,6008,8]");
  }

  @ParameterizedTest(name = "{0} partitions")
  @ValueSource(ints = {1, 4})
  void joinsAStreamByAnotherColumnWithATableOfAsManyPartitions(int partitions) {
    run(
        partitions,
        """
        CREATE TABLE joins_cities_# (city STRING PRIMARY KEY, country STRING)
          WITH (KAFKA_TOPIC='joins_cities_#', FORMAT='JSON', PARTITIONS=#);
        INSERT INTO joins_cities_# (ROWTIME, city, country) VALUES (0, 'Riga', 'LV');
        INSERT INTO joins_cities_# (ROWTIME, city, country) VALUES (0, 'Bern', 'CH');""");
    pay("joins", partitions);
    run(
        partitions,
        """
        CREATE STREAM joins_placed_# AS SELECT p.city AS city, card, country
          FROM joins_payments_# p LEFT JOIN joins_cities_# c ON p.city = c.city;
        CREATE TABLE joins_countries_# AS
          SELECT card, COLLECT_LIST(country) AS countries FROM joins_placed_# GROUP BY card;""");

    awaitRows(
        partitions,
        "SELECT card, ARRAY_JOIN(ARRAY_SORT(countries), ' ') FROM joins_countries_#;",
        CARDS.stream().map("[\"%s\",\"CH LV\"]"::formatted).toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0} partitions")
  @ValueSource(ints = {1, 4})
  void joinsStreamsThatArePartitionedAnewWithinAWindow(int partitions) {
    pay("within", partitions);
    run(
        partitions,
        """
        CREATE STREAM within_by_city_# AS SELECT * FROM within_payments_# PARTITION BY city;
        CREATE STREAM within_pairs_# AS SELECT a.card AS card, a.city AS origin, b.city AS target
          FROM within_payments_# a JOIN within_by_city_# b WITHIN (0 SECONDS, 8 SECONDS)
          GRACE PERIOD 1 DAY ON a.card = b.card WHERE a.city <> b.city;
        CREATE TABLE within_journeys_# AS
          SELECT origin, target, COUNT(*) AS n FROM within_pairs_# GROUP BY origin, target;""");

    awaitRows(
        partitions, "SELECT origin, target, n FROM within_journeys_#;", "[\"Riga\",\"Bern\",8]");
  }

  /** A foreign key leads to whatever partition the other row is in; their numbers may differ. */
  @ParameterizedTest(name = "{0} partitions")
  @ValueSource(ints = {1, 4})
  void joinsTablesByAForeignKeyWhateverThePartitionsOfTheOther(int partitions) {
    run(
        partitions,
        """
        CREATE TABLE foreign_banks_# (bank STRING PRIMARY KEY, country STRING)
          WITH (KAFKA_TOPIC='foreign_banks_#', FORMAT='JSON', PARTITIONS=3);
        CREATE TABLE foreign_cards_# (card STRING PRIMARY KEY, bank STRING)
          WITH (KAFKA_TOPIC='foreign_cards_#', FORMAT='JSON', PARTITIONS=#);
        CREATE TABLE foreign_joined_# AS SELECT card, country
          FROM foreign_cards_# c JOIN foreign_banks_# b ON c.bank = b.bank;
        CREATE TABLE foreign_countries_# AS
          SELECT country, COUNT(*) AS n FROM foreign_joined_# GROUP BY country;
        INSERT INTO foreign_banks_# (bank, country) VALUES ('north', 'LV');
        INSERT INTO foreign_banks_# (bank, country) VALUES ('south', 'IT');""");
    for (int i = 0; i < CARDS.size(); i++) {
      run(
          partitions,
          "INSERT INTO foreign_cards_# (card, bank) VALUES ('%s', '%s');"
              .formatted(CARDS.get(i), i % 2 == 0 ? "north" : "south"));
    }
    String select = "SELECT country, n FROM foreign_countries_#;";
    awaitRows(partitions, select, "[\"LV\",4]", "[\"IT\",4]");

    run(partitions, "INSERT INTO foreign_banks_# (bank, country) VALUES ('north', 'EE');");

    awaitRows(partitions, select, "[\"LV\",0]", "[\"EE\",4]", "[\"IT\",4]");
  }
}
