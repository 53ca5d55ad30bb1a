package dev.flagstream.engine.conformance;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.engine.conformance.transcripts.Outcome.Kind;
import dev.flagstream.engine.conformance.transcripts.Transcript;
import dev.flagstream.engine.conformance.transcripts.TranscriptReader;
import dev.flagstream.engine.conformance.transcripts.TranscriptReplay;
import dev.flagstream.engine.conformance.transcripts.TranscriptSummary;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.failure.LogFile;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out whether this engine answers as a recorded ksqlDB server did. */
@Command(
    name = "transcripts",
    mixinStandardHelpOptions = true,
    description =
        "Plays exchanges recorded with a ksqlDB server to this engine, on a broker of its own, and"
            + " reports where it answers differently.")
public final class TranscriptsCommand implements Callable<Integer> {

  /**
   * Topics are made with Kafka's own retention, as those of the recorded server were. Recorded
   * events are years old; the broker must not clear them away while it is looked at.
   */
  private static final Map<String, String> KEEP_OLD_RECORDS =
      Map.of(
          "log.retention.ms", "604800000",
          "log.retention.check.interval.ms", "3600000",
          "log.initial.task.delay.ms", "3600000");

  @Option(
      names = "--transcripts",
      required = true,
      paramLabel = "DIR",
      description = "Folder with the recorded files; may be given several times.")
  private List<Path> folders;

  @Option(
      names = "--udf-jar",
      paramLabel = "FILE",
      description =
          "A jar with the functions that the recorded statements call; without it they are stood in"
              + " for.")
  private List<Path> jars = List.of();

  @Option(
      names = "--report",
      required = true,
      paramLabel = "FILE",
      description = "Where each difference is written in full.")
  private Path report;

  @Spec private CommandSpec spec;

  /**
   * Runs the command and ends the process: 0 if nothing differs, 1 if something does, 2 on bad
   * usage.
   */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new TranscriptsCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    for (Path folder : folders) {
      if (folder.toString().isEmpty() || !Files.isDirectory(folder)) {
        out.println(
            "There is no folder '"
                + folder
                + "'. The transcripts record a ksqlDB server and are no part of this project: name"
                + " the folder they are in, as in make ksqldb-transcripts TRANSCRIPTS=folder");
        return CommandLine.ExitCode.USAGE;
      }
    }
    List<Transcript> transcripts = TranscriptReader.read(folders);
    Path work = Files.createTempDirectory("flagstream-transcripts");
    LogFile.use(work.resolve("flagstream.log"));
    StackSettings settings = new StackSettings(Path.of("."), work, FreePorts.pickForBroker());
    try (Broker broker = Broker.start(settings, KEEP_OLD_RECORDS);
        TranscriptReplay replay =
            TranscriptReplay.start(transcripts, broker.bootstrapServers(), jars, work)) {
      TranscriptSummary summary =
          replay.run(
              outcome -> {
                out.println(outcome.line());
                out.flush();
              });
      Files.createDirectories(report.toAbsolutePath().getParent());
      Files.writeString(report, summary.report());
      out.println(summary.line());
      return summary.count(Kind.DIFFERENT) == 0
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    } finally {
      delete(work);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
