package dev.flagstream.client.lake;

import dev.flagstream.client.lake.LakeStore.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks a lake by SQL, with DuckDB in this process. Each row is there once at every moment, though
 * files are merged meanwhile. DuckDB comes from where the build of the lake's sink leaves it, and
 * is loaded for each reader anew. Files of an object store are fetched, each once. For one thread.
 */
public final class LakeReader {

  /** How often a question is asked anew because files were replaced meanwhile. */
  private static final int ATTEMPTS = 5;

  private static final String ERASED = "erased";

  private final Driver driver;
  private final LakeStore store;
  private final LakeCache cache;

  private LakeReader(Driver driver, LakeStore store, LakeCache cache) {
    this.driver = driver;
    this.store = store;
    this.cache = cache;
  }

  /**
   * A reader.
   *
   * @param plugins the folder of the sink's plug-in, which has DuckDB's driver and the clients of
   *     object stores
   * @param url the lake: the path of a folder, which need not be there yet, or {@code
   *     s3://bucket/prefix}
   * @param cache where files of an object store are kept; need not be there yet
   * @throws IllegalStateException naming what is missing, and what to do
   * @throws IllegalArgumentException saying what is wrong with the address
   */
  public static LakeReader of(Path plugins, String url, Path cache) {
    return of(
        LakeDatabase.driver(plugins), LakeStores.open(url, LakeDatabase.stores(plugins)), cache);
  }

  /** A reader with a driver of DuckDB and a store that are open already. */
  public static LakeReader of(Driver driver, LakeStore store, Path cache) {
    return new LakeReader(driver, store, LakeCache.in(cache.toAbsolutePath()));
  }

  /**
   * The tables that have rows, by name.
   *
   * @throws SQLException saying what is wrong if the lake does not answer
   */
  public SortedSet<String> tables() throws SQLException {
    return new TreeSet<>(files("").keySet());
  }

  /**
   * A new connection, which the caller closes, with a view of each of {@link #tables}.
   *
   * @throws SQLException if the files cannot be read
   */
  public Connection connect() throws SQLException {
    return connect(files(""));
  }

  /** The files of the tables that a query may be about; of all tables if it is empty. */
  private SortedMap<String, List<Stored>> files(String query) throws SQLException {
    SortedMap<String, List<Stored>> files = new TreeMap<>();
    String words = query.toLowerCase(Locale.ROOT);
    try {
      for (String table : TableFiles.tables(store)) {
        if (words.isEmpty() || words.contains(table.toLowerCase(Locale.ROOT))) {
          List<Stored> ofTable = TableFiles.of(store, table).files();
          if (!ofTable.isEmpty()) {
            files.put(table, ofTable);
          }
        }
      }
      return files;
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  private Connection connect(SortedMap<String, List<Stored>> files) throws SQLException {
    Connection connection = LakeDatabase.connect(driver);
    try (Statement statement = connection.createStatement()) {
      for (Map.Entry<String, List<Stored>> table : files.entrySet()) {
        List<Path> here = cache.files(store, table.getKey(), table.getValue());
        statement.execute(
            "CREATE VIEW \"%s\" AS SELECT * FROM %s"
                .formatted(table.getKey(), LakeDatabase.rows(here, true)));
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    } catch (IOException e) {
      connection.close();
      throw new SQLException(e.getMessage(), e);
    }
  }

  /** Takes the rows that a query answers. */
  public interface Answer {

    /** For as long as it runs, the rows can be read. */
    void accept(ResultSet rows) throws SQLException;
  }

  /**
   * Answers a question of people, which only reads: DuckDB takes a single query, reads nothing but
   * the lake, and loads nothing.
   *
   * @param query SELECT or the like
   * @throws SQLException with DuckDB's words if it is no single query, has a mistake, or reads
   *     elsewhere
   */
  public void ask(String query, Answer answer) throws SQLException {
    boolean answered = false;
    for (int attempt = 1; !answered; attempt++) {
      SortedMap<String, List<Stored>> files = files(query);
      try (Connection connection = connect(files);
          Statement statement = connection.createStatement()) {
        statement.execute("SET allowed_directories = [" + LakeDatabase.literal(allowed()) + "]");
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
        try (ResultSet rows =
            statement.executeQuery("FROM query(" + LakeDatabase.literal(query) + ")")) {
          answered = true;
          answer.accept(rows);
        }
      } catch (SQLException e) {
        // A file that was about to be read may have given way to another one.
        if (answered || attempt == ATTEMPTS || files.equals(files(query))) {
          throw e;
        }
      }
    }
  }

  private String allowed() {
    return store instanceof FolderStore ? store.place() : cache.folder().toString();
  }

  /**
   * Removes rows from all tables: each file that has some is replaced by one without them.
   *
   * @param values of columns; a row goes if one of its columns has one of the column's values
   * @return how many rows were removed
   * @throws SQLException if a file cannot be read or written
   * @throws IOException if a file cannot be replaced; those before it are
   */
  public long removeRows(Map<String, Set<String>> values) throws SQLException, IOException {
    long removed = 0;
    try (Connection connection = LakeDatabase.connect(driver)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TEMP TABLE wanted (name VARCHAR, value VARCHAR)");
      }
      insert(connection, values);
      for (String table : TableFiles.tables(store)) {
        removed += removeRows(connection, table, values.keySet());
      }
    }
    return removed;
  }

  /** Until no file has any, as files are merged meanwhile. */
  private long removeRows(Connection connection, String table, Set<String> columns)
      throws SQLException, IOException {
    Replacements replacements = new Replacements(store, table);
    Set<String> without = new HashSet<>();
    long removed = 0;
    for (boolean changed = true; changed; ) {
      changed = false;
      TableFiles files = replacements.settled();
      Map<String, Long> numbers = new HashMap<>(files.replaced());
      List<Path> here = cache.files(store, table, files.files());
      for (int i = 0; i < here.size(); i++) {
        Stored file = files.files().get(i);
        if (without.contains(file.name())) {
          continue;
        }
        long inFile = removeRows(connection, replacements, file, here.get(i), columns, numbers);
        if (inFile == 0) {
          without.add(file.name());
        } else {
          changed = true;
          removed += Math.max(0, inFile);
        }
      }
    }
    // What is here of the files that had them goes, too.
    cache.files(store, table, TableFiles.of(store, table).files());
    return removed;
  }

  private static void insert(Connection connection, Map<String, Set<String>> values)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO wanted VALUES (?, ?)")) {
      for (Map.Entry<String, Set<String>> column : values.entrySet()) {
        for (String value : column.getValue()) {
          insert.setString(1, column.getKey());
          insert.setString(2, value);
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** How many rows a file had; -1 if others have replaced it meanwhile. */
  private static long removeRows(
      Connection connection,
      Replacements replacements,
      Stored file,
      Path here,
      Set<String> columns,
      Map<String, Long> numbers)
      throws SQLException, IOException {
    String rows = LakeDatabase.rows(List.of(here), false);
    try (Statement statement = connection.createStatement()) {
      List<String> conditions = new ArrayList<>();
      try (ResultSet column = statement.executeQuery("DESCRIBE SELECT * FROM " + rows)) {
        while (column.next()) {
          String name = column.getString(1);
          if (columns.contains(name)) {
            conditions.add(
                "\"%1$s\" IN (SELECT value FROM wanted WHERE name = '%1$s')".formatted(name));
          }
        }
      }
      String meant = "coalesce(" + String.join(" OR ", conditions) + ", false)";
      long removed = conditions.isEmpty() ? 0 : LakeDatabase.count(statement, rows, meant);
      if (removed == 0) {
        return 0;
      }
      String day = TableFiles.dayOf(file);
      Replacements.Draft draft = replacements.draft(day, numbers.getOrDefault(day, 0L) + 1);
      String left = "(SELECT * FROM %s WHERE NOT %s)".formatted(rows, meant);
      LakeDatabase.write(statement, left, draft.file());
      long rowsLeft =
          LakeDatabase.count(statement, LakeDatabase.rows(List.of(draft.file()), false), "true");
      if (!replacements.replace(
          List.of(file.name()), draft, rowsLeft, ERASED, System.currentTimeMillis())) {
        return -1;
      }
      numbers.put(day, draft.number());
      return removed;
    }
  }
}
