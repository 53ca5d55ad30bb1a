package dev.flagstream.benchmarks.pipeline;

import static dev.flagstream.report.PlainText.text;

import dev.flagstream.benchmarks.MeasuringCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How the cost of the SQL pipeline grows: with cards, with the payments that a card has made, with
 * partitions and with servers. All scripts up to 08, exactly once, a commit every 250 ms, two
 * threads a query.
 */
@Command(
    name = "pipeline-scale",
    mixinStandardHelpOptions = true,
    description =
        "How the pipeline's CPU, memory, state and restart grow with cards, events, partitions and"
            + " servers.")
public final class ScaleCommand implements Callable<Integer> {

  @Mixin private PipelineOptions pipeline;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "AXIS",
      description =
          "Only along these: ${COMPLETION-CANDIDATES}. Default: all, and then the page is written.")
  private List<ScaleAxis> only = List.of();

  @Option(
      names = "--values",
      split = ",",
      paramLabel = "NUMBER",
      description =
          "Only the lines with these numbers of what grows, as in --only=cards"
              + " --values=10000,10000000. Default: all.")
  private List<Long> values = List.of();

  @Option(
      names = "--quick",
      description = "Few and small lines, to see that all works; their figures say nothing.")
  private boolean quick;

  @Option(
      names = "--fill-seconds",
      defaultValue = "360",
      paramLabel = "SECONDS",
      description =
          "How long a line's cards are filled at most; a line says how many it reached. Default:"
              + " ${DEFAULT-VALUE}.")
  private long fillSeconds;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description =
          "The page whose figures are written by a whole run. Default: docs/capacity.md, or none"
              + " with --quick.")
  private Path page;

  public static void main(String[] args) {
    MeasuringCommand.run(new ScaleCommand(), args);
  }

  @Override
  public Integer call() throws Exception {
    List<ScaleAxis> axes =
        Arrays.stream(ScaleAxis.values())
            .filter(axis -> only.isEmpty() || only.contains(axis))
            .toList();
    List<String> failures = new ArrayList<>();
    Map<ScaleSetup, ScaleResult> results = measure(setups(axes), failures);
    CapacityPage written = new CapacityPage();
    written.put("run", run());
    System.out.println(run());
    for (ScaleAxis axis : axes) {
      List<ScaleResult> along =
          setups(axis).stream().map(results::get).filter(Objects::nonNull).toList();
      if (!along.isEmpty()) {
        String block = ScaleReport.axis(axis, along);
        written.put(axis.toString(), block);
        System.out.println("\n" + axis.words() + "\n" + block);
      }
    }
    failures.forEach(System.err::println);
    ScaleResult base = results.get(ScaleAxis.base(quick));
    if (base != null) {
      written.put("topics", ScaleReport.topics(base));
      System.out.println("\n" + ScaleReport.topics(base));
    }
    if (only.isEmpty() && values.isEmpty() && failures.isEmpty()) {
      String needs =
          ScaleReport.needs(
              base,
              ScaleAxis.CARDS.setups(quick).stream().map(results::get).toList(),
              Optional.ofNullable(results.get(ScaleAxis.base(quick).withPartitions(1))));
      written.put("needs", needs);
      System.out.println("\n" + needs);
      Path file = page != null ? page : quick ? null : Path.of("docs", "capacity.md");
      if (file != null) {
        written.write(file);
        System.out.println("\nWritten to " + file + ".");
      }
    }
    return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** Each once, though partitions and servers have one in common. */
  private Set<ScaleSetup> setups(List<ScaleAxis> axes) {
    Set<ScaleSetup> setups = new LinkedHashSet<>();
    axes.forEach(axis -> setups.addAll(setups(axis)));
    if (setups.isEmpty()) {
      throw new IllegalArgumentException(
          "--values %s: none of the lines has one of these; make bench-scale OPTIONS=--help"
              .formatted(values));
    }
    return setups;
  }

  private List<ScaleSetup> setups(ScaleAxis axis) {
    return axis.setups(quick).stream()
        .filter(setup -> values.isEmpty() || values.contains(axis.wanted(setup)))
        .toList();
  }

  /** A line that fails is told of at the end; the others are measured all the same. */
  private Map<ScaleSetup, ScaleResult> measure(Set<ScaleSetup> setups, List<String> failures) {
    Map<ScaleSetup, ScaleResult> results = new LinkedHashMap<>();
    long work = setups.stream().mapToLong(ScaleSetup::work).sum();
    try (ProgressBar progress = MeasuringCommand.progress("measuring", work)) {
      long done = 0;
      for (ScaleSetup setup : setups) {
        progress.setExtraMessage(setup.toString());
        long began = System.nanoTime();
        try {
          results.put(
              setup,
              ScaleRun.measure(setup, pipeline, Duration.ofSeconds(fillSeconds), progress::stepBy));
          System.err.printf("%n%s: %.0f s%n", setup, (System.nanoTime() - began) / 1e9);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted", e);
        } catch (Exception e) { // Whatever it is, the other lines are worth having.
          failures.add("Not measured: " + setup + ": " + e.getMessage());
        }
        done += setup.work();
        progress.stepTo(done);
      }
    }
    return results;
  }

  private String run() {
    Runtime machine = Runtime.getRuntime();
    ScaleSetup base = ScaleAxis.base(quick);
    return text(
        "%s, %d cores, JDK %s, `make bench-scale%s`: exactly once, a commit every 250 ms, two threads a"
            + " query; %,d transactions counted after %,d for each server to warm up; each line measured once.",
        Instant.now().atZone(ZoneOffset.UTC).toLocalDate(),
        machine.availableProcessors(),
        Runtime.version(),
        quick ? " OPTIONS=--quick" : "",
        base.transactions(),
        base.warmUp());
  }
}
