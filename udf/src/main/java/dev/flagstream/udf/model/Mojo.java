package dev.flagstream.udf.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads H2O's MOJO files of numeric binomial models: random forest ({@code drf}), gradient boosting
 * ({@code gbm}), logistic regression ({@code glm}) and {@code isolationforest}. What would score
 * otherwise than h2o-genmodel does is refused by name.
 */
public final class Mojo {

  private static final double OLDEST_TREES = 1.20;
  private static final double NEWEST_TREES = 1.40;
  private static final double LINEAR = 1.00;

  private final MojoFiles files;
  private final ModelIni ini;
  private final List<String> features;

  private Mojo(MojoFiles files) {
    this.files = files;
    this.ini = new ModelIni(files);
    this.features = ini.features();
  }

  /**
   * Reads a model.
   *
   * @param file what messages call it
   * @param zip the content of the file
   * @throws UnusableModelException naming the file and the reason if it cannot be scored exactly
   */
  public static Model read(Path file, byte[] zip) {
    return new Mojo(new MojoFiles(file.toString(), zip)).model();
  }

  private Model model() {
    ini.require("endianness", "LITTLE_ENDIAN");
    ini.require("offset_column", "null");
    return switch (algorithm()) {
      case RANDOM_FOREST -> randomForest();
      case BOOSTING -> boosting();
      case ISOLATION_FOREST -> isolationForest();
      case LOGISTIC_REGRESSION -> logisticRegression();
    };
  }

  private Algorithm algorithm() {
    try {
      return Algorithm.of(ini.text("algo"));
    } catch (IllegalArgumentException e) {
      throw ini.unusable("algo = " + e.getMessage());
    }
  }

  private Forest randomForest() {
    requireTwoClasses();
    ini.require("binomial_double_trees", "false");
    PackedTrees trees = trees();
    return new Forest(features, trees, new Forest.Averaged(ini.integer("n_trees"), balance()));
  }

  private Forest boosting() {
    requireTwoClasses();
    ini.require("distribution", "bernoulli");
    ini.require("link_function", "logit");
    return new Forest(features, trees(), new Forest.Boosted(ini.number("init_f"), balance()));
  }

  private Forest isolationForest() {
    return new Forest(
        features,
        trees(),
        new Forest.Isolated(ini.integer("min_path_length"), ini.integer("max_path_length")));
  }

  private LogisticRegression logisticRegression() {
    requireTwoClasses();
    requireVersion(LINEAR, LINEAR);
    ini.require("family", "binomial");
    ini.require("link", "logit");
    ini.require("cats", "0");
    double[] beta = ini.numbers("beta");
    boolean missingIsMean = ini.flag("mean_imputation");
    double[] means = missingIsMean ? ini.numbers("num_means") : new double[features.size()];
    if (beta.length != features.size() + 1 || means.length != features.size()) {
      throw ini.unusable(
          "beta has %d numbers and num_means has %d; %d features need %d and %d"
              .formatted(
                  beta.length,
                  means.length,
                  features.size(),
                  features.size() + 1,
                  features.size()));
    }
    return new LogisticRegression(
        features,
        Arrays.copyOf(beta, features.size()),
        beta[features.size()],
        means,
        missingIsMean);
  }

  private PackedTrees trees() {
    requireVersion(OLDEST_TREES, NEWEST_TREES);
    ini.require("n_trees_per_class", "1");
    ini.require("_genmodel_encoding", "AUTO", "Enum");
    int count = ini.integer("n_trees");
    if (count < 1) {
      throw ini.unusable("n_trees = " + count + ": a forest needs a tree");
    }
    long treeFiles = files.count("trees/");
    // Each tree has two. A number alone, without the files, must not make room for trees.
    if (treeFiles > 2L * count || count > treeFiles) {
      throw ini.unusable(
          "n_trees = %d, but there are %d files of trees and weights".formatted(count, treeFiles));
    }
    TreeNode[] trees = new TreeNode[count];
    for (int tree = 0; tree < count; tree++) {
      trees[tree] = tree(tree);
    }
    try {
      return new PackedTrees(List.of(trees));
    } catch (IllegalArgumentException e) {
      throw ini.unusable(e.getMessage());
    }
  }

  private TreeNode tree(int index) {
    String name = String.format(Locale.ROOT, "trees/t00_%03d", index);
    TreeWeights weights;
    try {
      weights = new TreeWeights(files.bytes(name + "_aux.bin"));
    } catch (IllegalArgumentException e) {
      throw files.unusable(name + "_aux.bin", e.getMessage());
    }
    try {
      return CompressedTree.read(files.bytes(name + ".bin"), weights, features);
    } catch (IllegalArgumentException e) {
      throw files.unusable(name + ".bin", e.getMessage());
    }
  }

  private void requireTwoClasses() {
    ini.require("category", "Binomial");
    ini.require("n_classes", "2");
  }

  private void requireVersion(double oldest, double newest) {
    double version = ini.number("mojo_version");
    if (!(version >= oldest && version <= newest)) {
      throw ini.unusable(
          String.format(
              Locale.ROOT,
              "mojo_version = %.2f is not supported, only %.2f to %.2f",
              version,
              oldest,
              newest));
    }
  }

  private Optional<ClassBalance> balance() {
    if (!ini.flag("balance_classes")) {
      return Optional.empty();
    }
    double[] shares = ini.numbers("prior_class_distrib");
    double[] inTraining = ini.numbers("model_class_distrib");
    if (shares.length != 2 || inTraining.length != 2) {
      throw ini.unusable("the class distributions of two classes are needed");
    }
    return Optional.of(
        new ClassBalance(
            ClassBalance.ratio(shares[0], inTraining[0]),
            ClassBalance.ratio(shares[1], inTraining[1])));
  }
}
