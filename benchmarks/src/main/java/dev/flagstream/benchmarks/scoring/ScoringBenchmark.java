package dev.flagstream.benchmarks.scoring;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The time of one score, the rows in turns. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScoringBenchmark {

  /** A model, or {@code pipeline}: all those that score each transaction, one after the other. */
  @Param({"forest-depth-20", "forest-depth-10", "boosting", "isolation", "logistic", "pipeline"})
  public String model;

  /** The implementation that scores. */
  @Param({"ours", "genmodel", "onnx-pinned", "onnx"})
  public String scorer;

  private Scorer[] scorers;
  private int rows;
  private int next;

  /** Loads the models. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    Inputs inputs = Inputs.ofProperty();
    rows = inputs.rows().length;
    List<Scorer> loaded = new ArrayList<>();
    for (ScoredModel each : ScoredModel.named(model)) {
      loaded.add(Scorers.of(scorer, inputs, each));
    }
    scorers = loaded.toArray(Scorer[]::new);
  }

  /** Frees what is not Java's. */
  @TearDown(Level.Trial)
  public void close() {
    for (Scorer each : scorers) {
      each.close();
    }
  }

  /** Scores the next row; the sum of the scores keeps each of them from being left out. */
  @Benchmark
  public double score() {
    int row = next;
    next = row + 1 == rows ? 0 : row + 1;
    double sum = 0;
    for (Scorer each : scorers) {
      sum += each.score(row);
    }
    return sum;
  }
}
