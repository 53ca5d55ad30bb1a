package dev.flagstream.benchmarks.models;

import dev.flagstream.udf.TransactionFeatures;
import hex.Model;
import hex.ModelBuilder;
import hex.glm.GLM;
import hex.glm.GLMModel.GLMParameters;
import hex.tree.SharedTreeModel.SharedTreeParameters;
import hex.tree.drf.DRF;
import hex.tree.drf.DRFModel.DRFParameters;
import hex.tree.gbm.GBM;
import hex.tree.gbm.GBMModel.GBMParameters;
import hex.tree.isofor.IsolationForest;
import hex.tree.isofor.IsolationForestModel.IsolationForestParameters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import water.DKV;
import water.H2OStarter;
import water.Key;
import water.fvec.Frame;
import water.fvec.Vec;

/** The models, by name, and how each is trained. One instance a process: H2O starts once. */
final class H2oModels {

  private static final String LABEL = "fraud";
  private static final int TEST_ROWS = 3_000;
  private static final int BENCHMARK_ROWS = 10_000;
  private static final int FOREST_TREES = 100;

  private final long seed;

  /** How one model is trained; gives its MOJO. */
  interface Recipe {
    byte[] train() throws IOException;
  }

  /** Starts H2O without any socket. */
  H2oModels(long seed) {
    this.seed = seed;
    H2OStarter.start(
        new String[] {
          "-disable_web", "-disable_net", "-nthreads", "2", "-log_level", "ERRR", "-name", "models"
        },
        true);
  }

  Map<String, Recipe> forTests() {
    Frame frame = frame(TEST_ROWS);
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    recipes.put("forest", () -> mojo(new DRF(forest(frame, 20, 20, 1))));
    recipes.put("forest-balanced", () -> mojo(new DRF(balanced(forest(frame, 5, 8, 1)))));
    recipes.put("forest-of-leaves", () -> mojo(new DRF(forest(frame, 3, 10, TEST_ROWS / 2))));
    recipes.put("boosting", () -> mojo(new GBM(boosting(frame, 30))));
    recipes.put("boosting-balanced", () -> mojo(new GBM(balanced(boosting(frame, 5)))));
    recipes.put("isolation", () -> mojo(new IsolationForest(isolation(frame, 40))));
    recipes.put("logistic", () -> mojo(new GLM(logistic(frame))));
    recipes.put("logistic-skipping", () -> mojo(new GLM(skippingMissing(logistic(frame)))));
    return recipes;
  }

  Map<String, Recipe> forBenchmark() {
    Frame frame = frame(BENCHMARK_ROWS);
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    recipes.put("forest-depth-20", () -> mojo(new DRF(forest(frame, FOREST_TREES, 20, 1))));
    recipes.put("forest-depth-10", () -> mojo(new DRF(forest(frame, FOREST_TREES, 10, 5))));
    recipes.put("boosting", () -> mojo(new GBM(boosting(frame, 100))));
    recipes.put("isolation", () -> mojo(new IsolationForest(isolation(frame, 100))));
    recipes.put("logistic", () -> mojo(new GLM(logistic(frame))));
    return recipes;
  }

  private Frame frame(int rows) {
    SyntheticTable table = new SyntheticTable(rows, seed);
    List<String> features = TransactionFeatures.names();
    String[] names = new String[features.size() + 1];
    Vec[] columns = new Vec[names.length];
    for (int index = 0; index < features.size(); index++) {
      names[index] = features.get(index);
      columns[index] = Vec.makeVec(table.column(index), Vec.newKey());
    }
    names[features.size()] = LABEL;
    columns[features.size()] = Vec.makeVec(table.labels(), new String[] {"0", "1"}, Vec.newKey());
    Frame frame = new Frame(Key.make("rows-" + rows), names, columns);
    DKV.put(frame);
    return frame;
  }

  private DRFParameters forest(Frame frame, int trees, int depth, int minRows) {
    DRFParameters parameters = new DRFParameters();
    parameters._ntrees = trees;
    parameters._max_depth = depth;
    parameters._min_rows = minRows;
    return on(frame, parameters);
  }

  private GBMParameters boosting(Frame frame, int trees) {
    GBMParameters parameters = new GBMParameters();
    parameters._ntrees = trees;
    parameters._max_depth = 5;
    parameters._max_abs_leafnode_pred = 5;
    return on(frame, parameters);
  }

  private IsolationForestParameters isolation(Frame frame, int trees) {
    IsolationForestParameters parameters = new IsolationForestParameters();
    parameters._train = frame._key;
    parameters._ignored_columns = new String[] {LABEL};
    parameters._ntrees = trees;
    parameters._sample_size = 256;
    parameters._seed = seed;
    return parameters;
  }

  private GLMParameters logistic(Frame frame) {
    GLMParameters parameters = new GLMParameters(GLMParameters.Family.binomial);
    parameters._lambda = new double[] {0};
    parameters._standardize = true;
    return on(frame, parameters);
  }

  private static GLMParameters skippingMissing(GLMParameters parameters) {
    parameters._missing_values_handling = GLMParameters.MissingValuesHandling.Skip;
    return parameters;
  }

  private static <P extends SharedTreeParameters> P balanced(P parameters) {
    parameters._balance_classes = true;
    return parameters;
  }

  private <P extends Model.Parameters> P on(Frame frame, P parameters) {
    parameters._train = frame._key;
    parameters._response_column = LABEL;
    parameters._seed = seed;
    return parameters;
  }

  private static byte[] mojo(ModelBuilder<?, ?, ?> builder) throws IOException {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    builder.trainModel().get().getMojo().writeTo(zip);
    return withoutDescriptions(zip.toByteArray());
  }

  /**
   * H2O adds a description of the training that no scorer reads and that is larger than a model.
   */
  private static byte[] withoutDescriptions(byte[] zip) throws IOException {
    ByteArrayOutputStream smaller = new ByteArrayOutputStream();
    try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip));
        ZipOutputStream kept = new ZipOutputStream(smaller)) {
      kept.setLevel(9);
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (!entry.getName().startsWith("experimental/")) {
          kept.putNextEntry(new ZipEntry(entry.getName()));
          entries.transferTo(kept);
          kept.closeEntry();
        }
      }
    }
    return smaller.toByteArray();
  }
}
