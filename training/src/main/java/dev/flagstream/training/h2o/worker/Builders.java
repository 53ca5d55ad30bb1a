package dev.flagstream.training.h2o.worker;

import dev.flagstream.training.h2o.task.TrainingTask;
import dev.flagstream.training.model.BoostingSettings;
import dev.flagstream.training.model.ForestSettings;
import dev.flagstream.training.model.IsolationSettings;
import dev.flagstream.training.model.LogisticSettings;
import dev.flagstream.training.model.ModelSettings;
import hex.Model;
import hex.ModelBuilder;
import hex.genmodel.utils.DistributionFamily;
import hex.glm.GLM;
import hex.glm.GLMModel.GLMParameters;
import hex.tree.SharedTreeModel.SharedTreeParameters;
import hex.tree.drf.DRF;
import hex.tree.drf.DRFModel.DRFParameters;
import hex.tree.gbm.GBM;
import hex.tree.gbm.GBMModel.GBMParameters;
import hex.tree.isofor.IsolationForest;
import hex.tree.isofor.IsolationForestModel.IsolationForestParameters;
import water.fvec.Frame;

/** Our settings in H2O's words. */
final class Builders {

  private static final int NEVER = Integer.MAX_VALUE;

  private Builders() {}

  static ModelBuilder<?, ?, ?> of(TrainingTask task, Frame frame) {
    ModelSettings settings = task.settings();
    if (settings instanceof ForestSettings forest) {
      return new DRF(common(forest(forest), task, frame));
    }
    if (settings instanceof LogisticSettings logistic) {
      return new GLM(common(logistic(logistic), task, frame));
    }
    if (settings instanceof BoostingSettings boosting) {
      return new GBM(common(boosting(boosting), task, frame));
    }
    if (settings instanceof IsolationSettings isolation) {
      return new IsolationForest(common(isolation(isolation), task, frame));
    }
    throw new IllegalArgumentException("No builder for " + settings);
  }

  private static <P extends Model.Parameters> P common(P p, TrainingTask task, Frame frame) {
    p._train = frame._key;
    p._seed = task.seed();
    if (task.settings().supervised()) {
      p._response_column = Frames.LABEL;
    } else {
      p._ignored_columns = new String[] {Frames.LABEL};
    }
    if (task.settings().fraudWeight() != 1) {
      p._weights_column = Frames.WEIGHT;
    }
    return p;
  }

  private static DRFParameters forest(ForestSettings settings) {
    DRFParameters p = new DRFParameters();
    trees(p, settings.trees(), settings.maxDepth(), settings.minRows());
    p._mtries = settings.featuresPerSplit();
    p._sample_rate = settings.sampleRate();
    p._nbins = settings.bins();
    p._nbins_top_level = settings.topLevelBins();
    return p;
  }

  private static GBMParameters boosting(BoostingSettings settings) {
    GBMParameters p = new GBMParameters();
    trees(p, settings.trees(), settings.maxDepth(), settings.minRows());
    p._distribution = DistributionFamily.bernoulli;
    p._learn_rate = settings.learnRate();
    p._sample_rate = settings.sampleRate();
    p._col_sample_rate = settings.featureRate();
    p._max_abs_leafnode_pred = settings.maxLeaf();
    p._nbins = settings.bins();
    return p;
  }

  private static IsolationForestParameters isolation(IsolationSettings settings) {
    IsolationForestParameters p = new IsolationForestParameters();
    trees(p, settings.trees(), settings.maxDepth(), 1);
    p._sample_size = settings.sampleSize();
    return p;
  }

  private static void trees(SharedTreeParameters p, int trees, int maxDepth, double minRows) {
    p._ntrees = trees;
    p._max_depth = maxDepth;
    p._min_rows = minRows;
    // Scoring between the trees costs more than the trees and is not used.
    p._score_tree_interval = NEVER;
    p._initial_score_interval = 0;
    p._score_interval = NEVER;
  }

  private static GLMParameters logistic(LogisticSettings settings) {
    GLMParameters p = new GLMParameters(GLMParameters.Family.binomial);
    p._alpha = new double[] {0};
    p._lambda = new double[] {settings.lambda()};
    p._standardize = true;
    p._missing_values_handling = GLMParameters.MissingValuesHandling.MeanImputation;
    return p;
  }
}
