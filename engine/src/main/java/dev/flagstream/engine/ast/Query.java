package dev.flagstream.engine.ast;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code SELECT … FROM …} as written. */
public record Query(
    Position at,
    List<SelectItem> select,
    Relation from,
    Optional<Window> window,
    Optional<Expression> where,
    Optional<GroupBy> groupBy,
    Optional<PartitionBy> partitionBy,
    Optional<Expression> having,
    Optional<Emit> emit,
    OptionalInt limit) {

  public Query {
    select = List.copyOf(select);
  }

  /** One item of the SELECT list. */
  public sealed interface SelectItem {
    /** {@code *} or {@code source.*}. */
    record Star(Position at, Optional<String> source) implements SelectItem {}

    /** {@code struct->*}. */
    record StructStar(Position at, Expression struct) implements SelectItem {}

    /** {@code expression [AS alias]}. */
    record Single(Expression expression, Optional<String> alias) implements SelectItem {}
  }

  /** What stands after FROM. */
  public sealed interface Relation {
    /** A stream or table and the name it goes by in this query. */
    record Source(Position at, String name, String alias) implements Relation {}

    /** A join; n-way joins nest to the left. */
    record Join(
        Position at,
        JoinType type,
        Relation left,
        Relation right,
        Optional<Within> within,
        Expression on)
        implements Relation {}
  }

  /** Which unmatched rows a join keeps. */
  public enum JoinType {
    INNER,
    LEFT,
    RIGHT,
    FULL
  }

  /** {@code WITHIN before | (before, after) [GRACE PERIOD grace]} of a stream-stream join. */
  public record Within(
      Position at, Interval writtenBefore, Interval writtenAfter, Optional<Interval> writtenGrace) {

    public Duration before() {
      return writtenBefore.toDuration();
    }

    public Duration after() {
      return writtenAfter.toDuration();
    }

    public Optional<Duration> grace() {
      return writtenGrace.map(Interval::toDuration);
    }
  }

  /** {@code WINDOW …}; the intervals are kept as written for the normalized statement. */
  public record Window(
      Position at,
      WindowType type,
      Interval writtenSize,
      Optional<Interval> writtenAdvance,
      Optional<Interval> writtenGrace,
      Optional<Interval> writtenRetention,
      Optional<String> alias) {

    public Duration size() {
      return writtenSize.toDuration();
    }

    public Optional<Duration> advance() {
      return writtenAdvance.map(Interval::toDuration);
    }

    public Optional<Duration> grace() {
      return writtenGrace.map(Interval::toDuration);
    }

    public Optional<Duration> retention() {
      return writtenRetention.map(Interval::toDuration);
    }
  }

  /** The kinds of windows; the size of a SESSION window is its gap of inactivity. */
  public enum WindowType {
    TUMBLING,
    HOPPING,
    SESSION
  }

  /** {@code GROUP BY …}. */
  public record GroupBy(Position at, List<Expression> expressions) {
    public GroupBy {
      expressions = List.copyOf(expressions);
    }
  }

  /** {@code PARTITION BY …}. */
  public record PartitionBy(Position at, List<Expression> expressions) {
    public PartitionBy {
      expressions = List.copyOf(expressions);
    }
  }

  /**
   * {@code EMIT CHANGES} or {@code EMIT FINAL}; a query without EMIT is a pull query. The query of
   * a CREATE … AS SELECT or INSERT INTO has CHANGES where nothing was written.
   */
  public enum Emit {
    CHANGES,
    FINAL
  }
}
