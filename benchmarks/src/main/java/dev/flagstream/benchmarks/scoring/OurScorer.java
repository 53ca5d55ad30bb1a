package dev.flagstream.benchmarks.scoring;

import dev.flagstream.udf.model.Model;
import dev.flagstream.udf.model.Mojo;
import java.io.IOException;

/** The scorer of the UDF jar. */
final class OurScorer implements Scorer {

  private final Model model;
  private final double[][] rows;

  OurScorer(Inputs inputs, ScoredModel model) throws IOException {
    this.model = Mojo.read(inputs.file(model), inputs.mojo(model));
    this.rows = inputs.rows();
  }

  @Override
  public double score(int row) {
    return model.score(rows[row]);
  }
}
