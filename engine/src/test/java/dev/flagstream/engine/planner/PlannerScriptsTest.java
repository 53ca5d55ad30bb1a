package dev.flagstream.engine.planner;

import static dev.flagstream.engine.CommentedScripts.comment;

import dev.flagstream.engine.CommentedScripts;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.plan.PlanPrinter;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every script below the resource folder {@code dev/flagstream/engine/planner} says what its
 * statements are planned as.
 *
 * <p>Blank lines part a script into paragraphs of one statement; a script's statements see what
 * those above have made. Below each stand, as comments: {@code -->} the statement as ksqlDB would
 * echo it, {@code --|} the plan, {@code --!} the refusal. Topics whose names are in lower case
 * exist and have 4 partitions. {@code -Dflagstream.rewrite=true} writes the comments anew; review
 * the difference like code.
 */
class PlannerScriptsTest {

  private static final Path SCRIPTS =
      Path.of("src", "test", "resources", "dev", "flagstream", "engine", "planner");
  private static final FunctionCatalog FUNCTIONS = FunctionLoader.builtIn();

  @TestFactory
  Stream<DynamicTest> plansScriptsAsTheySay() throws IOException {
    return CommentedScripts.below(SCRIPTS, () -> new Run()::outcomes);
  }

  /** One script on a catalogue of its own. */
  private static final class Run {

    private final InMemoryCatalog catalog = new InMemoryCatalog();
    private final StatementPlanner planner = new StatementPlanner(FUNCTIONS, Run::topic);
    private long offset;

    private static Optional<TopicInfo> topic(String name) {
      return name.equals(name.toLowerCase(Locale.ROOT))
          ? Optional.of(new TopicInfo(name, 4, (short) 1))
          : Optional.empty();
    }

    String outcomes(String statements) {
      return new SqlParser()
          .parse(statements).stream().map(this::outcome).collect(Collectors.joining());
    }

    private String outcome(ParsedStatement parsed) {
      try {
        return planned(parsed.statement(), parsed.text());
      } catch (SqlException e) {
        return comment("--! ", e.getMessage());
      }
    }

    private String planned(Statement statement, String text) {
      if (statement instanceof Statement.QueryStatement query) {
        return query(planner.planQuery(query.query(), text, catalog, Session.DEFAULT));
      }
      if (statement instanceof Statement.InsertValues insert) {
        InsertedRow row = planner.planInsert(insert, catalog, Session.DEFAULT);
        return comment("--| ", row.key() + " " + row.value() + " " + row.timestampMs());
      }
      Statement.Definition definition = (Statement.Definition) statement;
      PlannedStatement planned = planner.plan(definition, text, catalog, Session.DEFAULT, offset++);
      return comment("--> ", planned.normalizedSql()) + comment("--| ", carryOut(planned));
    }

    private String carryOut(PlannedStatement planned) {
      if (planned instanceof PlannedStatement.DefineSource define) {
        catalog.put(define.source());
        return define.source().schema()
            + (define.replaces() ? " (replaces)" : "")
            + define.topic().map(topic -> "\nnew topic " + topic).orElse("");
      }
      if (planned instanceof PlannedStatement.StartQuery start) {
        if (start.query().definesSink()) {
          catalog.put(start.query().sink());
        }
        return start.query().id()
            + start.topic().map(topic -> "\nnew topic " + topic.name()).orElse("")
            + "\n"
            + PlanPrinter.print(start.query().plan());
      }
      if (planned instanceof PlannedStatement.DropSource drop) {
        catalog.remove(drop.source().name());
        return "drop " + drop.source().name() + (drop.deleteTopic() ? " and its topic" : "");
      }
      if (planned instanceof PlannedStatement.DefineType define) {
        catalog.putType(define.name(), define.type());
        return define.name() + " is " + define.type();
      }
      if (planned instanceof PlannedStatement.DropType drop) {
        catalog.removeType(drop.name());
        return "drop type " + drop.name();
      }
      return ((PlannedStatement.NothingToDo) planned).message();
    }

    private static String query(QueryPlan plan) {
      if (plan instanceof QueryPlan.Push push) {
        return comment(
            "--| ", "push " + push.columnOrder() + "\n" + PlanPrinter.print(push.plan()));
      }
      QueryPlan.Pull pull = (QueryPlan.Pull) plan;
      return comment(
          "--| ",
          "pull from "
              + pull.source().name()
              + " ["
              + pull.schema()
              + "] in order "
              + pull.columnOrder()
              + pull.keys().map(Run::keys).orElse("")
              + pull.window().map(window -> "\nwindows " + window).orElse("")
              + pull.filter().map(filter -> "\nfilter " + filter.sql()).orElse(""));
    }

    private static String keys(List<Object[]> keys) {
      return "\nkeys " + keys.stream().map(Arrays::toString).collect(Collectors.joining(", "));
    }
  }
}
