package dev.flagstream.engine.conformance.cases;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.CreateAsSelect;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.parser.SqlParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statement a refusal quotes.
 *
 * <p>A server adds the topic's settings to a CREATE … AS SELECT before it plans it, and quotes
 * them; ksqlDB's test tool, which the messages in cases come from, does not.
 */
final class QuotedStatement {

  private static final String MARK = "\nStatement: ";

  private QuotedStatement() {}

  /** A message, whose end may quote the statement, with that as the case's own would be quoted. */
  static String inMessage(String message, List<String> written) {
    int mark = message.indexOf(MARK + "CREATE ");
    if (mark < 0) {
      return message;
    }
    int start = mark + MARK.length();
    return message.substring(0, start) + withoutAddedSettings(message.substring(start), written);
  }

  /** The quoted statement with only those WITH settings that the case's own statement has. */
  static String withoutAddedSettings(String quoted, List<String> written) {
    Statement statement = new SqlParser().parse(quoted).get(0).statement();
    if (!(statement instanceof CreateAsSelect create)) {
      return quoted;
    }
    Map<String, Expression> settings = new LinkedHashMap<>(create.with());
    settings.keySet().retainAll(writtenSettings(create.name(), written).keySet());
    return StatementPrinter.print(
        new CreateAsSelect(
            create.at(),
            create.kind(),
            create.name(),
            create.orReplace(),
            create.ifNotExists(),
            settings,
            create.query()));
  }

  private static Map<String, Expression> writtenSettings(String name, List<String> written) {
    return new SqlParser()
        .parse(String.join("\n", written)).stream()
            .map(parsed -> parsed.statement())
            .filter(CreateAsSelect.class::isInstance)
            .map(CreateAsSelect.class::cast)
            .filter(create -> create.name().equals(name))
            .reduce((earlier, later) -> later)
            .map(CreateAsSelect::with)
            .orElse(Map.of());
  }
}
