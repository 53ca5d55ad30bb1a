package dev.flagstream.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the jobs cost when the baseline was taken, as ratios of CPU to the program written by hand
 * in the same run: a machine that is slow or busy slows both. Immutable.
 *
 * @param ratios by job
 */
record Baseline(Map<Workload, Double> ratios) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** How much dearer a job may be than in the baseline. */
  static final double TOLERANCE = 0.15;

  private static final double PERCENT = 100;

  Baseline {
    ratios = Map.copyOf(ratios);
  }

  /**
   * Reads one.
   *
   * @throws IOException if there is none, or it is none, naming the file
   */
  static Baseline read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "There is no baseline " + file + ". Take one: make bench-check OPTIONS=--take");
    }
    JsonNode json = JSON.readTree(file.toFile());
    Map<Workload, Double> ratios = new EnumMap<>(Workload.class);
    for (Workload workload : Workload.values()) {
      JsonNode ratio = json.path("ratios").path(workload.toString());
      if (!ratio.isNumber() || ratio.doubleValue() <= 0) {
        throw new IOException(
            "%s has no ratio of the job %s. Take a new one: make bench-check OPTIONS=--take"
                .formatted(file, workload));
      }
      ratios.put(workload, ratio.doubleValue());
    }
    return new Baseline(ratios);
  }

  /** Writes it, to two digits. */
  void write(Path file) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode written = json.putObject("ratios");
    for (Workload workload : Workload.values()) {
      if (ratios.containsKey(workload)) {
        written.put(
            workload.toString(),
            Double.parseDouble(String.format(Locale.ROOT, "%.2f", ratios.get(workload))));
      }
    }
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  /**
   * Compares a run.
   *
   * @param now the ratios of the run, by job
   * @return a sentence for each job that is dearer by more than {@link #TOLERANCE}; none if none is
   */
  List<String> regressions(Map<Workload, Double> now) {
    List<String> sentences = new ArrayList<>();
    for (Workload workload : dearer(now)) {
      double before = ratios.get(workload);
      sentences.add(
          String.format(
              Locale.ROOT,
              "%s costs %.2f of what the program written by hand does; in the baseline it was"
                  + " %.2f (%+.0f %%)",
              workload,
              now.get(workload),
              before,
              PERCENT * (now.get(workload) / before - 1)));
    }
    return sentences;
  }

  /** The jobs of a run that are dearer by more than {@link #TOLERANCE}, in their order. */
  Set<Workload> dearer(Map<Workload, Double> now) {
    Set<Workload> dearer = EnumSet.noneOf(Workload.class);
    now.forEach(
        (workload, ratio) -> {
          if (ratio > ratios.get(workload) * (1 + TOLERANCE)) {
            dearer.add(workload);
          }
        });
    return dearer;
  }
}
