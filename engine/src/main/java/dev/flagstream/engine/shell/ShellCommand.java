package dev.flagstream.engine.shell;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.shell.ShellSession.OutputFormat;
import dev.flagstream.engine.shell.ShellSession.QueryLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A command line for ksqlDB's dialect: speaks to this engine or to a ksqlDB server, by REST alone.
 */
@Command(
    name = "flagstream-sql",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends SQL to this engine or to a ksqlDB server and shows the answers.",
    footer = {
      "",
      "Without --execute or --file it reads statements from the terminal, or from a pipe.",
      "Exit codes: 0 all statements were carried out, 1 one was not, 2 wrong use."
    })
public final class ShellCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVER_URL",
      defaultValue = "http://127.0.0.1:8088",
      description = "Where the server listens. Default: ${DEFAULT-VALUE}.")
  private URI server;

  @Option(
      names = {"-e", "--execute"},
      paramLabel = "SQL",
      description = "Carry out these statements and exit.")
  private String statements;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Carry out the statements of this file and exit.")
  private Path file;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TABULAR",
      description = "How answers are shown: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Option(
      names = {"-d", "--define"},
      paramLabel = "NAME=VALUE",
      description = "Define a variable, as DEFINE does.")
  private Map<String, String> variables = new LinkedHashMap<>();

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "Properties of the session, as SET gives them, one name=value a line.")
  private Path configFile;

  @Option(
      names = "--query-row-limit",
      paramLabel = "ROWS",
      description = "End each query after so many rows, each PRINT after so many records.")
  private Long rowLimit;

  @Option(
      names = "--query-timeout",
      paramLabel = "MS",
      description = "End each query after so many milliseconds.")
  private Long timeoutMs;

  @Mixin private LoginOptions login;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description = "Where the prompt keeps what was typed. Default: ${DEFAULT-VALUE}.",
      defaultValue = "${user.home}/.flagstream/sql-history")
  private Path historyFile;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(newCommandLine().execute(arguments));
  }

  /** The command with its options, ready to execute. */
  public static CommandLine newCommandLine() {
    return CommandLines.of(new ShellCommand()).setUsageHelpAutoWidth(true);
  }

  @Override
  public Integer call() throws IOException {
    if (!ServerClient.isAddress(server)) {
      throw new ParameterException(
          spec.commandLine(), "SERVER_URL '%s': give it as http://host:port".formatted(server));
    }
    if (statements != null && file != null) {
      throw new ParameterException(spec.commandLine(), "Give --execute or --file, not both");
    }
    requirePositive("--query-row-limit", rowLimit);
    requirePositive("--query-timeout", timeoutMs);
    if (statements != null) {
      return runAll(statements);
    }
    if (file != null) {
      return runAll(read(file));
    }
    if (!isSomeoneTyping()) {
      return runPiped(new String(System.in.readAllBytes(), Charset.defaultCharset()));
    }
    return prompt();
  }

  private void requirePositive(String option, Long value) {
    if (value != null && value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s %d: give a number from 1 on".formatted(option, value));
    }
  }

  private static boolean isSomeoneTyping() {
    return isTerminal(SystemStream.Input);
  }

  private static boolean isTerminal(SystemStream stream) {
    return TerminalBuilder.builder().getProviders(null, new IllegalStateException()).stream()
        .anyMatch(provider -> provider.isSystemStream(stream));
  }

  /** How wide the terminal is that shows the output, if one does. */
  private static int outputWidth() throws IOException {
    if (!isTerminal(SystemStream.Output)) {
      return Screen.DEFAULT_WIDTH;
    }
    // Who only wants to know the width asks the terminal nothing else: its answers would be input.
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build()) {
      return new TerminalScreen(terminal).width();
    }
  }

  private String read(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), "Cannot read %s: %s".formatted(script, FileTrouble.of(e)), e);
    }
  }

  private int runAll(String text) throws IOException {
    return exitCode(plainShell().runAll(text));
  }

  private int runPiped(String text) throws IOException {
    return exitCode(plainShell().runAll(SqlScript.withCommandsEnded(text)));
  }

  private Shell plainShell() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    return newShell(new PlainScreen(out, err, outputWidth()), newClient());
  }

  private static int exitCode(boolean done) {
    return done ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private int prompt() throws IOException {
    try (Terminal terminal =
        TerminalBuilder.builder().name("flagstream-sql").system(true).build()) {
      TerminalScreen screen = new TerminalScreen(terminal);
      ServerClient client = newClient();
      new Prompt(terminal, newShell(screen, client), client, historyFile).run();
      return CommandLine.ExitCode.OK;
    }
  }

  private Map<String, String> configured() {
    Map<String, String> configured = new TreeMap<>();
    if (configFile != null) {
      Properties file = new Properties();
      try (Reader text = Files.newBufferedReader(configFile)) {
        file.load(text);
      } catch (IOException e) {
        throw unreadable(FileTrouble.of(e), e);
      } catch (IllegalArgumentException e) {
        throw unreadable(e.getMessage(), e);
      }
      file.stringPropertyNames().forEach(name -> configured.put(name, file.getProperty(name)));
    }
    return configured;
  }

  private ParameterException unreadable(String why, Exception cause) {
    return new ParameterException(
        spec.commandLine(),
        "Cannot read the properties in %s: %s".formatted(configFile, why),
        cause);
  }

  private ServerClient newClient() {
    return new ServerClient(server, login.credentials());
  }

  private Shell newShell(Screen screen, ServerClient client) {
    ShellSession session = new ShellSession(output);
    session.variables().putAll(variables);
    session.properties().putAll(configured());
    session.limits(
        new QueryLimits(
            rowLimit == null ? OptionalLong.empty() : OptionalLong.of(rowLimit),
            Optional.ofNullable(timeoutMs).map(Duration::ofMillis)));
    return new Shell(client, session, screen);
  }
}
