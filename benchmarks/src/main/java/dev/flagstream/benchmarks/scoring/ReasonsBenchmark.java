package dev.flagstream.benchmarks.scoring;

import dev.flagstream.udf.model.Model;
import dev.flagstream.udf.model.Mojo;
import hex.genmodel.MojoModel;
import hex.genmodel.PredictContributions;
import hex.genmodel.algos.tree.SharedTreeMojoModelWithContributions;
import java.io.IOException;
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

/**
 * The time of the contributions of all features to one score: ours by path attribution, genmodel's
 * by TreeSHAP, which costs more and answers another question, and for boosting only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReasonsBenchmark {

  /** A model of trees. */
  @Param({"forest-depth-10", "boosting"})
  public String model;

  private double[][] rows;
  private Model ours;
  private double[] contributions;
  private PredictContributions genmodel;
  private int next;

  /** Loads the models. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    Inputs inputs = Inputs.ofProperty();
    ScoredModel scored = ScoredModel.named(model).get(0);
    rows = inputs.rows();
    ours = Mojo.read(inputs.file(scored), inputs.mojo(scored));
    contributions = new double[ours.features().size()];
    if (scored == ScoredModel.BOOSTING) {
      genmodel =
          ((SharedTreeMojoModelWithContributions) MojoModel.load(inputs.file(scored).toString()))
              .makeContributionsPredictor();
    }
  }

  /** Explains the next row by path attribution. */
  @Benchmark
  public double[] ours() {
    ours.explain(nextRow(), contributions);
    return contributions;
  }

  /** Explains the next row by genmodel's TreeSHAP. */
  @Benchmark
  public float[] genmodel() {
    return genmodel.calculateContributions(nextRow());
  }

  private double[] nextRow() {
    double[] row = rows[next];
    next = next + 1 == rows.length ? 0 : next + 1;
    return row;
  }
}
