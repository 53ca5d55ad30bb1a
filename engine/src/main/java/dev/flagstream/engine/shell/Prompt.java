package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.utils.InfoCmp.Capability;

/** Reads statements from someone at a terminal and has them carried out, until EXIT. */
final class Prompt {

  private final Terminal terminal;
  private final Screen screen;
  private final Shell shell;
  private final ServerClient server;
  private final CompletionNames names;
  private final LineReader reader;

  Prompt(Terminal terminal, Shell shell, ServerClient server, Path historyFile) {
    this.terminal = terminal;
    this.screen = new TerminalScreen(terminal);
    this.shell = shell;
    this.server = server;
    this.names = new CompletionNames(server);
    this.reader =
        LineReaderBuilder.builder()
            .appName("flagstream-sql")
            .terminal(terminal)
            .parser(new StatementParser())
            .completer(new SqlCompleter(names))
            .variable(LineReader.HISTORY_FILE, historyFile)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "   > ")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .build();
    makeFolderOf(historyFile);
  }

  private static void makeFolderOf(Path historyFile) {
    try {
      Files.createDirectories(historyFile.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw new UncheckedIOException("No place for the history: " + historyFile, e);
    }
  }

  /** Reads and carries out statements until the user leaves. */
  void run() {
    greet();
    while (true) {
      try {
        String line = reader.readLine("sql> ");
        if (Shell.isExit(line)) {
          return;
        }
        accept(line);
      } catch (UserInterruptException e) {
        // Ctrl-C at the prompt drops what was typed, as in any shell.
      } catch (EndOfFileException e) {
        return;
      }
    }
  }

  private void greet() {
    try {
      JsonNode info = server.info();
      screen.print(
          "Connected to %s (ksqlDB API %s, service %s). HELP tells what can be done."
              .formatted(
                  server.server(),
                  info.path("version").asText(),
                  info.path("ksqlServiceId").asText()));
    } catch (SqlError e) {
      screen.error(e.getMessage());
    }
  }

  private static String command(String line) {
    return line.strip().replaceFirst(";$", "").strip().toLowerCase(Locale.ROOT);
  }

  private void accept(String line) {
    switch (command(line)) {
      case "history" ->
          reader
              .getHistory()
              .forEach(entry -> screen.print("%5d  %s".formatted(entry.index() + 1, entry.line())));
      case "clear" -> terminal.puts(Capability.clear_screen);
      default -> {
        shell.runAll(line);
        names.forget();
      }
    }
  }
}
