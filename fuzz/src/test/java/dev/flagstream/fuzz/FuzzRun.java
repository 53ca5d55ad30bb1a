package dev.flagstream.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Jazzer at one reader, in a JVM of its own: what it finds may be the end of the JVM. */
final class FuzzRun {

  /** Any input takes milliseconds; one that takes so long has no end, on any machine. */
  private static final int WATCHDOG_SECONDS = 60;

  /** Different faults that one run tells; two with the same stack are one. */
  private static final int MOST_FOUND = 20;

  private static final Duration PROGRESS = Duration.ofSeconds(10);

  /**
   * A pattern or a path that comes from the input is what these readers are for; what such patterns
   * may cost is bounded, and held by the watchdog.
   */
  private static final String SWITCHED_OFF =
      "com.code_intelligence.jazzer.sanitizers.RegexInjection:"
          + "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks";

  private static final Pattern STATISTICS =
      Pattern.compile("#(\\d+)\\s.*cov: (\\d+) .*corp: (\\d+)/.*");
  private static final Pattern REASON =
      Pattern.compile("== Java (?:Exception|Assertion Error): (.*)|.*(ERROR: libFuzzer: .*)");
  private static final Pattern INPUT = Pattern.compile(".*Test unit written to (\\S+)");

  private final Reader reader;
  private final Path out;
  private final int seed;
  private final Duration duration;

  FuzzRun(Reader reader, Path out, int seed, Duration duration) {
    this.reader = reader;
    this.out = out.toAbsolutePath();
    this.seed = seed;
    this.duration = duration;
  }

  /** An input that breaks the reader, and how. */
  record Found(String reason, Path input) {}

  /**
   * What came of a run.
   *
   * @param coverage edges of the code that were reached
   * @param inputs that reached something new, the seeds among them
   * @param exitCode of the fuzzer
   */
  record Outcome(
      Reader reader,
      long executions,
      long coverage,
      long inputs,
      List<Found> found,
      int exitCode,
      Path log) {

    Outcome {
      found = List.copyOf(found);
    }

    boolean isClean() {
      return found.isEmpty() && exitCode == 0;
    }
  }

  /**
   * Runs it.
   *
   * @param progress gets a line now and then
   */
  Outcome run(PrintStream progress) throws IOException, InterruptedException {
    Path inputs = Files.createDirectories(out.resolve("inputs").resolve(reader.id()));
    Path found = Files.createDirectories(out.resolve("found").resolve(reader.id()));
    Path seeds = writeSeeds();
    Path log = out.resolve(reader.id() + ".log");
    Process fuzzer =
        new ProcessBuilder(command(inputs, seeds, found))
            .directory(ProjectFiles.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    Reading reading = new Reading(log);
    try (BufferedReader lines = fuzzer.inputReader(StandardCharsets.UTF_8);
        PrintWriter kept = new PrintWriter(Files.newBufferedWriter(log))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        kept.println(line);
        reading.take(line, progress);
      }
    } finally {
      fuzzer.destroy();
    }
    return reading.outcome(fuzzer.waitFor());
  }

  /** The fuzzer begins with the files of folders. */
  private Path writeSeeds() throws IOException {
    Path folder = out.resolve("seeds").resolve(reader.id());
    if (Files.exists(folder)) {
      ProjectFiles.delete(folder);
    }
    Files.createDirectories(folder);
    List<KnownInput> known = KnownInput.of(reader);
    for (int i = 0; i < known.size(); i++) {
      Files.write(folder.resolve(Integer.toString(i)), known.get(i).bytes());
    }
    return folder;
  }

  private List<String> command(Path inputs, Path seeds, Path found) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:-OmitStackTraceInFastThrow",
        "-D" + JazzerEntry.READER + "=" + reader.id(),
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + JazzerEntry.class.getName(),
        "--instrumentation_includes=dev.flagstream.**",
        "--custom_hook_includes=dev.flagstream.**",
        "--disabled_hooks=" + SWITCHED_OFF,
        "--keep_going=" + MOST_FOUND,
        "--reproducer_path=" + out,
        "-artifact_prefix=" + found + "/",
        "-seed=" + seed,
        "-max_total_time=" + duration.toSeconds(),
        "-timeout=" + WATCHDOG_SECONDS,
        "-rss_limit_mb=3000",
        "-max_len=" + reader.longest(),
        inputs.toString(),
        seeds.toString());
  }

  /** What the fuzzer's lines have told so far. */
  private final class Reading {
    private final Path log;
    private final List<Found> found = new ArrayList<>();
    private long executions;
    private long coverage;
    private long inputs;
    private String reason = "";
    private long nextProgress = System.nanoTime() + PROGRESS.toNanos();

    Reading(Path log) {
      this.log = log;
    }

    void take(String line, PrintStream progress) {
      Matcher statistics = STATISTICS.matcher(line);
      Matcher saysWhy = REASON.matcher(line);
      Matcher saysWhere = INPUT.matcher(line);
      if (statistics.matches()) {
        executions = Long.parseLong(statistics.group(1));
        coverage = Long.parseLong(statistics.group(2));
        inputs = Long.parseLong(statistics.group(3));
        tellNowAndThen(progress);
      } else if (saysWhy.matches()) {
        reason = saysWhy.group(1) == null ? saysWhy.group(2) : saysWhy.group(1);
      } else if (saysWhere.matches()) {
        found.add(new Found(reason, Path.of(saysWhere.group(1))));
        progress.println("  found: " + reason);
      }
    }

    private void tellNowAndThen(PrintStream progress) {
      long now = System.nanoTime();
      if (now >= nextProgress) {
        nextProgress = now + PROGRESS.toNanos();
        progress.printf(
            "  %,d executions, coverage %,d, found %d%n", executions, coverage, found.size());
      }
    }

    Outcome outcome(int exitCode) {
      return new Outcome(reader, executions, coverage, inputs, found, exitCode, log);
    }
  }
}
