package dev.flagstream.benchmarks.scoring;

import hex.genmodel.MojoModel;
import java.io.IOException;

/**
 * H2O's own scorer, called as directly as it can be: {@code score0} on the row itself. Its logistic
 * regression writes means over missing values, so that after a round there are none any more, which
 * is to its advantage.
 */
final class GenmodelScorer implements Scorer {

  private final MojoModel model;
  private final double[][] rows;
  private final double[] predictions;
  private final int scoreIndex;

  GenmodelScorer(Inputs inputs, ScoredModel model) throws IOException {
    this.model = MojoModel.load(inputs.file(model).toString());
    this.rows = inputs.rows();
    boolean isolation = model == ScoredModel.ISOLATION;
    this.predictions = new double[isolation ? 2 : 3];
    this.scoreIndex = isolation ? 0 : 2;
  }

  @Override
  public double score(int row) {
    model.score0(rows[row], predictions);
    return predictions[scoreIndex];
  }
}
