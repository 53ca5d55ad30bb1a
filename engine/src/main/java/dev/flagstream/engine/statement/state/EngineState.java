package dev.flagstream.engine.statement.state;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.QueryControl;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.DropType;
import dev.flagstream.engine.planner.PlannedStatement.NothingToDo;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.upgrade.QueryUpgrade;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the engine knows: streams, tables, types and persistent queries. Thread-safe; the command
 * runner alone changes the real one, requests are tried out on copies.
 */
public final class EngineState {

  private final InMemoryCatalog catalog;
  private final Map<String, PersistentQuery> queries = new LinkedHashMap<>();
  private final Set<String> paused = new LinkedHashSet<>();
  private final Map<String, TopicInfo> plannedTopics = new LinkedHashMap<>();

  /** A state in which nothing has been made yet. */
  public EngineState() {
    this(new InMemoryCatalog());
  }

  private EngineState(InMemoryCatalog catalog) {
    this.catalog = catalog;
  }

  /** A copy that changes independently of this one. */
  public synchronized EngineState copy() {
    EngineState copy = new EngineState(catalog.copy());
    copy.queries.putAll(queries);
    copy.paused.addAll(paused);
    copy.plannedTopics.putAll(plannedTopics);
    return copy;
  }

  /** The streams, tables and types. */
  public Catalog catalog() {
    return catalog;
  }

  /** All persistent queries, in the order they were made. */
  public synchronized List<PersistentQuery> queries() {
    return List.copyOf(queries.values());
  }

  /** The persistent query of this id. */
  public synchronized Optional<PersistentQuery> query(String id) {
    return Optional.ofNullable(queries.get(id));
  }

  /** Whether the query was told to wait. */
  public synchronized boolean isPaused(String id) {
    return paused.contains(id);
  }

  /** The queries that read a stream or table. */
  public List<PersistentQuery> readersOf(String source) {
    return queries().stream().filter(query -> query.sources().contains(source)).toList();
  }

  /** The queries that write a stream or table. */
  public List<PersistentQuery> writersOf(String source) {
    return queries().stream().filter(query -> query.sink().name().equals(source)).toList();
  }

  /** The topics there are, and those that statements applied to this state would make. */
  public TopicDirectory topics(TopicDirectory existing) {
    return topic -> existing.find(topic).or(() -> plannedTopic(topic));
  }

  private synchronized Optional<TopicInfo> plannedTopic(String topic) {
    return Optional.ofNullable(plannedTopics.get(topic));
  }

  private synchronized void remember(TopicToCreate topic) {
    plannedTopics.put(topic.name(), topic.info());
  }

  /**
   * What a statement does here: CREATE OR REPLACE … AS SELECT goes on under the id, and so with the
   * state, of the query that it replaces.
   *
   * @throws SqlException if it cannot go on with that state
   */
  public PlannedStatement adopt(PlannedStatement statement) {
    return statement instanceof StartQuery start && start.query().definesSink()
        ? creatorOf(start.query().sink().name())
            .<PlannedStatement>map(replaced -> upgrade(replaced, start))
            .orElse(statement)
        : statement;
  }

  /**
   * What a new statement does here, as {@link #adopt} has it, if what is there lets it.
   *
   * @throws SqlException if a stream or table to be dropped is still used, or a query's id is taken
   */
  public PlannedStatement admit(PlannedStatement statement) {
    PlannedStatement adopted = adopt(statement);
    if (adopted instanceof DropSource drop) {
      checkMayDrop(drop);
    }
    if (adopted instanceof StartQuery start && !start.query().definesSink()) {
      checkIsFree(start.query().id());
    }
    return adopted;
  }

  private void checkIsFree(String queryId) {
    if (query(queryId).isPresent()) {
      throw new SqlException("Query ID '%s' already exists.".formatted(queryId));
    }
  }

  /**
   * Checks that there is the query that a statement is about, if it is about one.
   *
   * @throws SqlException if not
   */
  public void require(QueryControl statement) {
    statement
        .queryId()
        .filter(id -> query(id).isEmpty())
        .ifPresent(
            id -> {
              throw new SqlException("Unknown queryId: " + id);
            });
  }

  private static StartQuery upgrade(PersistentQuery replaced, StartQuery start) {
    PersistentQuery query = start.query();
    QueryUpgrade.check(replaced.plan(), query.plan());
    return new StartQuery(
        start.normalizedSql(),
        new PersistentQuery(
            replaced.id(), query.sql(), query.plan(), query.sources(), query.properties(), true),
        true,
        start.topic());
  }

  /** Topics that a statement tried out here makes, so that the statements after it find them. */
  public PlannedTopics.Store pretendedTopics() {
    return new PlannedTopics.Store() {
      @Override
      public void create(TopicToCreate topic) {
        remember(topic);
      }

      @Override
      public void delete(String topic) {
        // Whether the statements after it may still count on the topic is found out on the way.
      }
    };
  }

  /** The query that came with a stream or table, by CREATE … AS SELECT, and ends with it. */
  public Optional<PersistentQuery> creatorOf(String source) {
    return writersOf(source).stream().filter(PersistentQuery::definesSink).findFirst();
  }

  /** Enters what a statement does. */
  synchronized void apply(PlannedStatement statement) {
    statement.accept(new Entering());
  }

  private final class Entering implements PlannedStatement.Visitor<Void> {

    @Override
    public Void visitDefineSource(DefineSource define) {
      catalog.put(define.source());
      return null;
    }

    @Override
    public Void visitStartQuery(StartQuery start) {
      if (start.query().definesSink()) {
        catalog.put(start.query().sink());
      }
      queries.put(start.query().id(), start.query());
      return null;
    }

    @Override
    public Void visitDropSource(DropSource drop) {
      creatorOf(drop.source().name()).ifPresent(creator -> removeQuery(creator.id()));
      catalog.remove(drop.source().name());
      return null;
    }

    @Override
    public Void visitDefineType(DefineType define) {
      catalog.putType(define.name(), define.type());
      return null;
    }

    @Override
    public Void visitDropType(DropType drop) {
      catalog.removeType(drop.name());
      return null;
    }

    @Override
    public Void visitNothingToDo(NothingToDo nothing) {
      return null;
    }
  }

  /** Forgets a query that has ended. */
  synchronized void removeQuery(String id) {
    queries.remove(id);
    paused.remove(id);
  }

  /** Notes that a query was told to wait, or to go on. */
  synchronized void setPaused(String id, boolean nowPaused) {
    if (nowPaused) {
      paused.add(id);
    } else {
      paused.remove(id);
    }
  }

  /**
   * Checks that nothing but the query that made a source would miss it.
   *
   * @throws SqlException naming what still uses it
   */
  private void checkMayDrop(DropSource drop) {
    String name = drop.source().name();
    List<String> readers = ids(readersOf(name).stream().filter(q -> !q.definesSink()).toList());
    List<String> writers = new ArrayList<>(ids(writersOf(name)));
    creatorOf(name).ifPresent(creator -> writers.remove(creator.id()));
    if (!readers.isEmpty() || !writers.isEmpty()) {
      throw new SqlException(
          """
          Cannot drop %s.
          The following queries read from this source: [%s].
          The following queries write into this source: [%s].
          You need to terminate them before dropping %s."""
              .formatted(name, String.join(", ", readers), String.join(", ", writers), name));
    }
    List<String> dependants = dependantsOf(name);
    if (!dependants.isEmpty()) {
      throw new SqlException(
          """
          Cannot drop %s.
          The following streams and/or tables read from this source: [%s].
          You need to drop them before dropping %s."""
              .formatted(name, String.join(", ", dependants), name));
    }
  }

  /** The streams and tables made by queries that read this source. */
  public List<String> dependantsOf(String source) {
    return readersOf(source).stream()
        .filter(PersistentQuery::definesSink)
        .map(query -> query.sink().name())
        .toList();
  }

  private static List<String> ids(List<PersistentQuery> queries) {
    return queries.stream().map(PersistentQuery::id).toList();
  }
}
