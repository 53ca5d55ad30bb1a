package dev.flagstream.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.generator.replay.ReplayCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/**
 * Replays a file without a broker: it is replayed, in whole or in part, or refused with a sentence,
 * and every row that comes out is a JSON object.
 */
final class CsvReplay implements FuzzTarget {

  private static final Set<Integer> DOCUMENTED = Set.of(0, 1, 3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<List<String>> WAYS =
      List.of(
          List.of(),
          List.of("--as", "rows"),
          List.of("--as", "rows", "--delimiter", ";", "--encoding", "ISO-8859-1"),
          List.of("--as", "transactions"),
          List.of("--header", "a,b,c"));

  private final Path folder = ProjectFiles.temporary("csv");

  @Override
  public void tryOut(byte[] input) throws IOException {
    Draws draws = new Draws(input);
    List<String> arguments = new ArrayList<>(WAYS.get(draws.below(WAYS.size())));
    Path file = folder.resolve(draws.below(8) == 7 ? "rows.csv.gz" : "rows.csv");
    Files.write(file, draws.rest());
    arguments.addAll(List.of("--dry-run", "--rejects", folder.resolve("rejected.csv").toString()));
    arguments.add(file.toString());
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int exitCode;
    try (PrintStream out = new PrintStream(rows, false, StandardCharsets.UTF_8)) {
      exitCode = replay(out, arguments);
    } finally {
      Files.delete(file);
      Files.deleteIfExists(folder.resolve("rejected.csv"));
    }
    if (!DOCUMENTED.contains(exitCode)) {
      throw new AssertionError("exit code " + exitCode);
    }
    for (String line : rows.toString(StandardCharsets.UTF_8).lines().toList()) {
      requireObject(line);
    }
  }

  private static int replay(PrintStream out, List<String> arguments) {
    CommandLine command = new CommandLine(new ReplayCommand(out));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return command
        .setOut(nowhere)
        .setErr(nowhere)
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              throw failure;
            })
        .execute(arguments.toArray(String[]::new));
  }

  private static void requireObject(String line) throws IOException {
    if (line.isBlank()) {
      return;
    }
    JsonNode row = JSON.readTree(line);
    if (!row.isObject()) {
      throw new AssertionError("no object: " + line);
    }
  }
}
