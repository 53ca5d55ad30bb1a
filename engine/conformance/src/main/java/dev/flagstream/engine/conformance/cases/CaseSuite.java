package dev.flagstream.engine.conformance.cases;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.offline.RecordJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** The cases of some files. */
public final class CaseSuite {

  private final List<ValidationCase> cases;

  private CaseSuite(List<ValidationCase> cases) {
    this.cases = cases;
  }

  /**
   * Reads cases.
   *
   * @param path a file, or a folder of {@code *.json} files
   * @param only keeps those whose file or name contains this text
   */
  public static CaseSuite load(Path path, String only) throws IOException {
    List<ValidationCase> cases = new ArrayList<>();
    for (Path file : files(path)) {
      String name = file.getFileName().toString();
      ValidationCase.of(name, RecordJson.MAPPER.readTree(file.toFile())).stream()
          .filter(one -> one.file().contains(only) || one.name().contains(only))
          .forEach(cases::add);
    }
    return new CaseSuite(cases);
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /**
   * Runs all cases.
   *
   * @param builtIn those of the functions that are built in
   */
  public Summary run(FunctionCatalog functions, FunctionCatalog builtIn, int threads)
      throws InterruptedException {
    CaseRunner runner = new CaseRunner(functions, ExtensionUse.extensions(functions, builtIn));
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (ProgressBar progress = new ProgressBar("cases", cases.size())) {
      List<Future<CaseResult>> running = new ArrayList<>();
      for (ValidationCase one : cases) {
        running.add(
            executor.submit(
                () -> {
                  CaseResult result = runner.run(one);
                  progress.step();
                  return result;
                }));
      }
      List<CaseResult> results = new ArrayList<>();
      for (Future<CaseResult> result : running) {
        results.add(result.get());
      }
      return new Summary(results);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A case ended the runner", e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }

  /** How all cases went. */
  public static final class Summary {
    private static final long LEAST_PASSED_PERCENT = 95;
    private static final long FAILED_PERCENT_LIMIT = 2;

    private final List<CaseResult> results;

    private Summary(List<CaseResult> results) {
      this.results = List.copyOf(results);
    }

    /** The last line of a run. */
    public String line() {
      return "cases: %d passed, %d failed, %d unsupported"
          .formatted(count(CaseVerdict.PASSED), failed(), count(CaseVerdict.UNSUPPORTED));
    }

    /** How many cases ended in which way, and the shares that are as expected. */
    public String byKind() {
      StringBuilder text = new StringBuilder();
      for (CaseVerdict verdict : CaseVerdict.values()) {
        text.append(
            "%-12s %6d  %s%n".formatted(verdict.label(), count(verdict), verdict.meaning()));
      }
      long agreeing = results.stream().filter(CaseResult::agreesButForWords).count();
      return text.append(
              "values       %s of all cases as expected, but for the words of refusals%n"
                  .formatted(percent(agreeing)))
          .append(
              "messages     %s as expected with them%n"
                  .formatted(percent(count(CaseVerdict.PASSED))))
          .toString();
    }

    private String percent(long part) {
      return "%.2f %%".formatted(results.isEmpty() ? 100.0 : part * 100.0 / results.size());
    }

    /** How many of the cases that passed call functions that are not built in. */
    public long passedWithExtensions() {
      return results.stream().filter(result -> result.passed() && result.usesExtension()).count();
    }

    /** How many cases failed. */
    public long failed() {
      return results.stream().filter(result -> result.verdict().failed()).count();
    }

    /**
     * Whether at least 95 of 100 cases passed and fewer than 2 failed: what this engine aims at.
     */
    public boolean meetsAim() {
      return count(CaseVerdict.PASSED) * 100 >= results.size() * LEAST_PASSED_PERCENT
          && failed() * 100 < results.size() * FAILED_PERCENT_LIMIT;
    }

    private long count(CaseVerdict verdict) {
      return count(results, verdict);
    }

    private static long count(List<CaseResult> results, CaseVerdict verdict) {
      return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    /** Tables of the files and of the kinds, then each case that did not pass and why. */
    public String report() {
      StringBuilder text = new StringBuilder();
      Map<String, List<CaseResult>> byFile = new TreeMap<>();
      results.forEach(
          result ->
              byFile
                  .computeIfAbsent(result.validationCase().file(), file -> new ArrayList<>())
                  .add(result));
      text.append(row("file", verdict -> verdict.label()));
      byFile.forEach((file, ofFile) -> text.append(row(file, verdict -> count(ofFile, verdict))));
      text.append('\n').append(byKind()).append('\n').append(line()).append('\n');
      results.stream().filter(result -> !result.passed()).forEach(result -> append(text, result));
      return text.toString();
    }

    private static String row(String name, Function<CaseVerdict, Object> cell) {
      StringBuilder text = new StringBuilder("%-45s".formatted(name));
      for (CaseVerdict verdict : CaseVerdict.values()) {
        text.append(" %11s".formatted(cell.apply(verdict)));
      }
      return text.append('\n').toString();
    }

    private static void append(StringBuilder text, CaseResult result) {
      ValidationCase one = result.validationCase();
      text.append("\n=== ")
          .append(one.file())
          .append(" | ")
          .append(one.name())
          .append(" | ")
          .append(result.verdict())
          .append('\n');
      one.properties()
          .forEach(
              (name, value) ->
                  text.append("SET '").append(name).append("'='").append(value).append("';\n"));
      one.statements().forEach(statement -> text.append(statement).append('\n'));
      text.append("--- ").append(result.detail()).append('\n');
    }
  }
}
