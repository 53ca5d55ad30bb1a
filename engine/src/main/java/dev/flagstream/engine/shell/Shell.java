package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.shell.ShellSession.OutputFormat;
import dev.flagstream.engine.shell.ShellSession.RowStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Carries out statements: those of the shell itself, and all others by asking the server. */
final class Shell {

  private static final Pattern LEADING_COMMENT =
      Pattern.compile("(?s)^(?:\\s+|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)+");
  private static final int MAX_SCRIPT_DEPTH = 10;
  private static final Pattern EXIT = Pattern.compile("(?i)(?:EXIT|QUIT)\\s*;?");

  private static final String HELP =
      """
      Statements end with a semicolon and may go over several lines; Tab completes words and names.

        SHOW STREAMS | TABLES | TOPICS | QUERIES | FUNCTIONS | PROPERTIES | TYPES | VARIABLES;
        DESCRIBE <stream or table> [EXTENDED];   DESCRIBE FUNCTION <name>;   EXPLAIN <query id>;
        SELECT … EMIT CHANGES;                   rows as they come; Ctrl-C ends the query
        PRINT '<topic>' [FROM BEGINNING] [LIMIT n];
        CREATE STREAM | TABLE …;   INSERT INTO …;   DROP …;   PAUSE | RESUME | TERMINATE <query id>;

        SET '<property>' = '<value>';            for this session; UNSET '<property>';
        DEFINE <name> = '<value>';               then ${name} in statements; UNDEFINE <name>;
        RUN SCRIPT '<file>';
        OUTPUT TABULAR | JSON                    how answers are shown
        SET CLI WRAP ON | OFF                    whether long cells of rows go on in the next line
        SET CLI COLUMN-WIDTH <n>                 of rows; 0: the columns share the screen
        REQUEST-PIPELINING ON | OFF              OFF: a statement waits for the one before it
        SERVER ['<url>']                         where the statements go
        VERSION                                  of the server
        SESSION                                  what is SET and DEFINEd
        SPOOL '<file>' | OFF                     keeps statements and answers in a file, too
        HISTORY, CLEAR, HELP, EXIT""";

  private final ServerClient server;
  private final ShellSession session;
  private final SpooledScreen screen;
  private final List<OwnStatement> ownStatements =
      List.of(
          own("SET\\s+'([^']*)'\\s*=\\s*'((?:[^']++|'')*+)'", m -> set(m.group(1), m.group(2))),
          own("SET\\s+CLI\\s+WRAP\\s+'?(ON|OFF)'?", m -> wrap(isOn(m.group(1)))),
          own("SET\\s+CLI\\s+COLUMN-WIDTH\\s+'?(\\d{1,4})'?", m -> columnWidth(m.group(1))),
          own("SET\\s+CLI\\b.*", m -> refuseSetting()),
          own("UNSET\\s+'([^']*)'", m -> unset(m.group(1))),
          own("DEFINE\\s+(\\w+)\\s*=\\s*'((?:[^']++|'')*+)'", m -> define(m.group(1), m.group(2))),
          own("UNDEFINE\\s+(\\w+)", m -> undefine(m.group(1))),
          own("RUN\\s+SCRIPT\\s+'((?:[^']++|'')*+)'", m -> runScript(fileNamed(m.group(1)))),
          own("RUN\\s+SCRIPT\\b.*", m -> refuse("RUN SCRIPT", "RUN SCRIPT '<file>'")),
          own("HELP", m -> help()),
          own("VERSION", m -> showVersion()),
          own("REQUEST-PIPELINING(?:\\s+'?(ON|OFF)'?)?", m -> pipelining(m.group(1))),
          own(
              "REQUEST[-_]PIPELINING\\b.*",
              m -> refuse("REQUEST-PIPELINING", "REQUEST-PIPELINING ON or OFF")),
          own("CLEAR|HISTORY", m -> sayThatNobodySitsThere()),
          own("SPOOL\\s+OFF", m -> spoolOff()),
          own("SPOOL\\s+'?([^';]+?)'?", m -> spool(fileNamed(m.group(1)))),
          own("SPOOL\\b.*", m -> refuse("SPOOL", "SPOOL '<file>' or SPOOL OFF")),
          own("(?:SHOW\\s+)?SESSION", m -> showSession()),
          own("SERVER(?:\\s+'?(\\S+?)'?)?", m -> server(m.group(1))),
          own("OUTPUT(?:\\s+'?(\\w+)'?)?", m -> output(m.group(1))));
  private int scriptDepth;

  /** A statement that the shell carries out by itself. */
  private record OwnStatement(Pattern pattern, Action action) {
    interface Action {
      void run(Matcher statement) throws SqlError;
    }
  }

  private static OwnStatement own(String regex, OwnStatement.Action action) {
    return new OwnStatement(Pattern.compile("(?is)(?:" + regex + ")\\s*;?"), action);
  }

  Shell(ServerClient server, ShellSession session, Screen screen) {
    this.server = server;
    this.session = session;
    this.screen = new SpooledScreen(screen);
  }

  /**
   * Carries out all statements of a text, up to the first that fails.
   *
   * @return whether none failed
   */
  boolean runAll(String text) {
    SqlScript script = SqlScript.of(text);
    for (String statement : script.statements()) {
      if (isExit(statement)) {
        return true;
      }
      if (!run(statement)) {
        return false;
      }
    }
    // The last statement may lack its semicolon.
    return !script.isIncomplete() || isExit(script.rest()) || run(script.rest() + ";");
  }

  /** Whether the shell is to be left. */
  static boolean isExit(String line) {
    return EXIT.matcher(LEADING_COMMENT.matcher(line).replaceFirst("").strip()).matches();
  }

  /**
   * Carries out one statement and shows its answer, or what is wrong with it.
   *
   * @return whether it was carried out
   */
  boolean run(String statement) {
    String sql = LEADING_COMMENT.matcher(statement).replaceFirst("");
    screen.note(sql);
    try {
      if (!isOwn(sql)) {
        ask(sql);
      }
      return true;
    } catch (SqlError e) {
      screen.error(e.explain(sql));
      return false;
    }
  }

  /** Carries out a statement that concerns the shell alone; false if it is for the server. */
  private boolean isOwn(String sql) throws SqlError {
    if (sql.isEmpty() || sql.equals(";")) {
      return true;
    }
    for (OwnStatement own : ownStatements) {
      Matcher matcher = own.pattern().matcher(sql);
      if (matcher.matches()) {
        own.action().run(matcher);
        return true;
      }
    }
    return false;
  }

  private void unset(String property) throws SqlError {
    String former = session.properties().remove(property);
    if (former == null) {
      throw new SqlError(
          "Cannot unset local property '%s' which was never set in the first place"
              .formatted(property));
    }
    screen.print(
        "Successfully unset local property '%s' (value was '%s').".formatted(property, former));
  }

  private static boolean isOn(String word) {
    return word.equalsIgnoreCase("ON");
  }

  private void wrap(boolean on) {
    session.rowStyle(new RowStyle(on, session.rowStyle().columnWidth()));
  }

  private void columnWidth(String characters) {
    session.rowStyle(new RowStyle(session.rowStyle().wraps(), Integer.parseInt(characters)));
  }

  private static void refuseSetting() throws SqlError {
    throw new SqlError(
        "SET CLI: write SET CLI WRAP ON, SET CLI WRAP OFF or SET CLI COLUMN-WIDTH with a number of"
            + " characters, at most 9999 (0: the columns share the screen)");
  }

  private static void refuse(String statement, String form) throws SqlError {
    throw new SqlError("%s: write %s".formatted(statement, form));
  }

  private static Path fileNamed(String quoted) throws SqlError {
    String name = quoted.replace("''", "'");
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new SqlError("'%s' cannot be the name of a file".formatted(printable(name)), e);
    }
  }

  /** A name that cannot be one may hold what a terminal takes for a command. */
  private static String printable(String name) {
    return name.replaceAll("\\p{Cntrl}", "?");
  }

  private void help() {
    screen.show(HELP);
  }

  private void sayThatNobodySitsThere() {
    screen.print("HISTORY and CLEAR are for a terminal");
  }

  private void showVersion() throws SqlError {
    screen.print("Version: " + server.info().path("version").asText());
  }

  private void pipelining(String word) {
    if (word != null) {
      session.pipelining(isOn(word));
    }
    screen.print(
        session.pipelining()
            ? "Request pipelining is ON: statements do not wait for those before them"
            : "Request pipelining is OFF: each statement waits until the one before it was carried out");
  }

  private void define(String variable, String quoted) {
    session.variables().put(variable, quoted.replace("''", "'"));
  }

  private void undefine(String variable) {
    session.variables().remove(variable);
  }

  private void set(String property, String quoted) throws SqlError {
    String value = quoted.replace("''", "'");
    String former = session.properties().put(property, value);
    try {
      // The server says whether the property exists; it keeps nothing of it.
      server.execute("SHOW PROPERTIES;", session);
    } catch (SqlError e) {
      if (former == null) {
        session.properties().remove(property);
      } else {
        session.properties().put(property, former);
      }
      throw e;
    }
    screen.print(
        former == null
            ? "Successfully changed local property '%s' to '%s'. Use the UNSET command to revert your change."
                .formatted(property, value)
            : "Successfully changed local property '%s' from '%s' to '%s'."
                .formatted(property, former, value));
  }

  private void runScript(Path file) throws SqlError {
    if (scriptDepth >= MAX_SCRIPT_DEPTH) {
      throw new SqlError(
          "RUN SCRIPT: scripts run each other more than %d deep".formatted(MAX_SCRIPT_DEPTH));
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new SqlError("Cannot read the script %s: %s".formatted(file, FileTrouble.of(e)), e);
    }
    scriptDepth++;
    try {
      if (!runAll(text)) {
        throw new SqlError("The script %s stopped at the statement above".formatted(file));
      }
    } finally {
      scriptDepth--;
    }
  }

  private void spool(Path file) throws SqlError {
    screen.spoolTo(file);
    screen.print("Statements and answers go to %s until SPOOL OFF".formatted(file));
  }

  private void spoolOff() {
    screen.stop();
    screen.print("Nothing goes to a file any more");
  }

  private void showSession() {
    screen.print("Server: " + server.server());
    screen.print("Output: " + session.output());
    session
        .properties()
        .forEach((name, value) -> screen.print("SET '%s'='%s'".formatted(name, quoted(value))));
    session
        .variables()
        .forEach((name, value) -> screen.print("DEFINE %s='%s'".formatted(name, quoted(value))));
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  private void server(String address) throws SqlError {
    if (address != null) {
      server.connectTo(address);
      session.serverChanged();
    }
    screen.print(server.server().toString());
  }

  private void output(String format) throws SqlError {
    if (format != null) {
      session.output(parseFormat(format));
    }
    screen.print("Output is shown as " + session.output());
  }

  private static OutputFormat parseFormat(String format) throws SqlError {
    try {
      return OutputFormat.valueOf(format.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new SqlError(
          "No output format '%s': choose one of %s"
              .formatted(format, List.of(OutputFormat.values())),
          e);
    }
  }

  private void ask(String sql) throws SqlError {
    String verb = sql.split("[\\s;('\"`]", 2)[0].toUpperCase(Locale.ROOT);
    if (verb.equals("SELECT") || verb.equals("PRINT")) {
      new QueryAnswerPrinter(screen, session).print(() -> server.query(sql, session));
      return;
    }
    JsonNode answers = server.execute(sql, session);
    for (JsonNode answer : answers) {
      screen.show(
          session.output() == OutputFormat.JSON
              ? answer.toPrettyString()
              : new AnswerText(screen.width()).of(answer));
      if (answer.path("commandSequenceNumber").asLong(-1) >= 0) {
        session.commandAccepted(answer.path("commandSequenceNumber").asLong());
      }
      JsonNode status = answer.path("commandStatus");
      if (status.path("status").asText().equals("ERROR")) {
        throw new SqlError(status.path("message").asText());
      }
    }
  }
}
