package dev.flagstream.engine.property;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Sources, a query over them, and records for their topics; it prints as a scenario. */
record Script(List<DrawnSource> sources, DrawnQuery query, List<DrawnRecord> records) {

  private static final int MOST_RECORDS = 12;

  static Script draw(Choices choices) {
    return choices.onceIn(4) ? ofJoin(choices) : ofOneSource(choices);
  }

  static Script ofOneSource(Choices choices) {
    return choices.ways(() -> ofStream(choices), () -> ofGroups(choices), () -> ofTable(choices));
  }

  static Script ofStream(Choices choices) {
    DrawnSource source = DrawnSource.draw(choices, SourceKind.STREAM, "S");
    return of(choices, List.of(source), new Queries(choices).ofStream(source));
  }

  static Script ofTable(Choices choices) {
    DrawnSource source = DrawnSource.draw(choices, SourceKind.TABLE, "T");
    return of(choices, List.of(source), new Queries(choices).ofTable(source));
  }

  static Script ofGroups(Choices choices) {
    boolean table = choices.onceIn(4);
    DrawnSource source =
        DrawnSource.toBeGrouped(
            choices, table ? SourceKind.TABLE : SourceKind.STREAM, table ? "T" : "S");
    return of(choices, List.of(source), new Queries(choices).ofGroups(source));
  }

  static Script ofJoin(Choices choices) {
    SqlType key = Types.plain(choices);
    SourceKind left = choices.of(SourceKind.STREAM, SourceKind.STREAM, SourceKind.TABLE);
    SourceKind right = left == SourceKind.STREAM ? choices.of(SourceKind.values()) : left;
    DrawnSource one = DrawnSource.keyedBy(choices, left, "S", key);
    DrawnSource other = DrawnSource.keyedBy(choices, right, "T", key);
    Queries queries = new Queries(choices);
    boolean foreign = left == SourceKind.TABLE && choices.onceIn(2);
    DrawnQuery query =
        foreign
            ? queries.ofForeignKey(one, other).orElseGet(() -> queries.ofJoin(one, other))
            : queries.ofJoin(one, other);
    if (choices.onceIn(4)) {
      query = queries.ofGroups(query, one, other);
    }
    return of(choices, List.of(one, other), query);
  }

  private static Script of(Choices choices, List<DrawnSource> sources, DrawnQuery query) {
    return new Script(
        sources, query, DrawnRecord.draw(choices, sources, choices.between(1, MOST_RECORDS)));
  }

  /** The same with names of its own, so that several stand on one server. */
  Script numbered(int number) {
    String suffix = "_" + number;
    return new Script(
        sources.stream().map(source -> source.named(source.name() + suffix)).toList(),
        query.reading(name -> name + suffix).selecting(query.name() + suffix, query.select()),
        records.stream().map(record -> record.in(record.topic() + suffix)).toList());
  }

  /** The same over topics whose names begin with a prefix. */
  Script overTopics(String prefix) {
    return new Script(
        sources.stream().map(source -> source.over(prefix + source.topic())).toList(),
        query,
        records.stream().map(record -> record.in(prefix + record.topic())).toList());
  }

  /** The same without records that have no value. */
  Script withoutDeletions() {
    return new Script(
        sources, query, records.stream().filter(record -> !record.value().isNull()).toList());
  }

  /** The statements that make the sources. */
  List<String> declarations() {
    return sources.stream().map(DrawnSource::sql).toList();
  }

  /** All statements, in order. */
  List<String> statements() {
    List<String> statements = new ArrayList<>(declarations());
    statements.add(query.sql());
    return statements;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("sql\n");
    statements().forEach(sql -> text.append("  ").append(sql).append('\n'));
    for (DrawnRecord record : records) {
      text.append("send ").append(record.topic()).append("\n  ").append(record).append('\n');
    }
    return text.toString();
  }
}
