package dev.flagstream.fuzz;

import dev.flagstream.client.commandline.CommandLines;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Lets a fuzzer look for inputs that break a reader. Exit code 0: none was found; 1: some were; 2:
 * the options are wrong.
 */
@Command(
    name = "fuzz",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Feeds every reader of foreign bytes with inputs that a fuzzer makes, and tells those that"
            + " break it.")
final class FuzzCommand implements Callable<Integer> {

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long, all readers together. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--target",
      paramLabel = "READER",
      split = ",",
      completionCandidates = ReaderIds.class,
      description = "The readers, separated by commas: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<String> targets = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "target/fuzz",
      description =
          "Where the fuzzer's inputs are kept, from which the next run goes on, its log, and what"
              + " it found. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of the fuzzer. Default: ${DEFAULT-VALUE}.")
  private int seed;

  @Spec private CommandSpec spec;

  /** For the help. */
  private static final class ReaderIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Reader.values()).map(Reader::id).iterator();
    }
  }

  public static void main(String[] arguments) {
    System.exit(CommandLines.of(new FuzzCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Reader> readers = readers();
    if (!(minutes > 0)) {
      throw new ParameterException(spec.commandLine(), "--minutes must be more than 0");
    }
    PrintWriter say = spec.commandLine().getOut();
    Duration each = Duration.ofSeconds(Math.max(1, Math.round(minutes * 60 / readers.size())));
    List<FuzzRun.Outcome> outcomes = new ArrayList<>();
    for (Reader reader : readers) {
      say.printf(
          Locale.ROOT, "%s: %s, for %d s%n", reader.id(), reader.description(), each.toSeconds());
      say.flush();
      outcomes.add(new FuzzRun(reader, out, seed, each).run(new PrintStream(System.out, true)));
    }
    summarize(outcomes, say);
    return outcomes.stream().allMatch(FuzzRun.Outcome::isClean)
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private List<Reader> readers() {
    try {
      return targets.isEmpty()
          ? Arrays.asList(Reader.values())
          : targets.stream().map(Reader::of).distinct().collect(Collectors.toList());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--target: " + e.getMessage(), e);
    }
  }

  private void summarize(List<FuzzRun.Outcome> outcomes, PrintWriter say) {
    say.printf(
        Locale.ROOT,
        "%n%-12s %12s %10s %8s %7s%n",
        "reader",
        "executions",
        "coverage",
        "inputs",
        "found");
    for (FuzzRun.Outcome outcome : outcomes) {
      say.printf(
          Locale.ROOT,
          "%-12s %,12d %,10d %,8d %7s%n",
          outcome.reader().id(),
          outcome.executions(),
          outcome.coverage(),
          outcome.inputs(),
          outcome.found().isEmpty() && !outcome.isClean() ? "failed" : outcome.found().size());
    }
    for (FuzzRun.Outcome outcome : outcomes) {
      outcome
          .found()
          .forEach(found -> say.printf("%nfound: %s%n  %s%n", found.reason(), found.input()));
      if (!outcome.isClean()) {
        say.printf(
            "%nThe whole story is in %s. Mend the reader, put what was found into fuzz/corpus/%s,%n"
                + "where `make test` tries it from then on, and run the same command again.%n",
            outcome.log(), outcome.reader().id());
      }
    }
    say.flush();
  }
}
