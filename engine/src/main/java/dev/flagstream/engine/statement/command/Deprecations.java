package dev.flagstream.engine.statement.command;

import dev.flagstream.engine.ast.Query.JoinType;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.CreateAsSelect;
import dev.flagstream.engine.ast.Statement.InsertInto;
import dev.flagstream.engine.statement.entity.Entity.Notice;
import java.util.List;

/** Says, in ksqlDB's words, what statements ask for that it will not take for ever. */
final class Deprecations {

  private static final Notice OUTER_JOIN_WITHOUT_GRACE =
      new Notice(
          "DEPRECATION NOTICE: Left/Outer stream-stream joins statements without a GRACE PERIOD"
              + " will not be accepted in a future ksqlDB version.\n"
              + "Please use the GRACE PERIOD clause as specified in"
              + " https://docs.ksqldb.io/en/latest/developer-guide/ksqldb-reference/"
              + "select-push-query/");

  private Deprecations() {}

  static List<Notice> of(Statement statement) {
    boolean withoutGrace =
        (statement instanceof CreateAsSelect create && keepsTooEarly(create.query().from()))
            || (statement instanceof InsertInto insert && keepsTooEarly(insert.query().from()));
    return withoutGrace ? List.of(OUTER_JOIN_WITHOUT_GRACE) : List.of();
  }

  /** Whether unmatched rows come out while their partner can still come; it takes WITHIN. */
  private static boolean keepsTooEarly(Relation relation) {
    return relation instanceof Relation.Join join
        && ((join.type() != JoinType.INNER
                && join.within().filter(within -> within.grace().isEmpty()).isPresent())
            || keepsTooEarly(join.left()));
  }
}
