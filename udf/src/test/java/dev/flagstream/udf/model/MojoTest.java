package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader of MOJOs must refuse. */
class MojoTest {

  private static final String TREE = "trees/t00_003.bin";
  private static final String WEIGHTS = "trees/t00_003_aux.bin";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FOREST    | algo = drf                    | algo = deeplearning     | algo = deeplearning is not supported, only drf, gbm, glm, isolationforest
          FOREST    | mojo_version = 1.40           | mojo_version = 1.50     | mojo_version = 1.50 is not supported, only 1.20 to 1.40
          FOREST    | mojo_version = 1.40           | mojo_version = new      | mojo_version = new: a number is needed
          FOREST    | endianness = LITTLE_ENDIAN    | endianness = BIG_ENDIAN | endianness = BIG_ENDIAN is not supported
          FOREST    | binomial_double_trees = false | binomial_double_trees = true | binomial_double_trees = true is not supported
          FOREST    | n_trees_per_class = 1         | n_trees_per_class = 3   | n_trees_per_class = 3 is not supported
          FOREST    | n_trees = 20                  | n_trees = 21            | the file trees/t00_020_aux.bin is missing
          FOREST    | n_trees = 20                  | n_trees = 19            | n_trees = 19, but there are 40 files of trees and weights
          FOREST    | n_trees = 20                  | n_trees = 0             | n_trees = 0: a forest needs a tree
          FOREST    | n_trees = 20                  | n_trees = many          | n_trees = many: a whole number is needed
          FOREST    | n_trees = 20                  | trees = 20              | the key n_trees is missing
          FOREST    | n_features = 35               | n_features = 37         | n_features = 37 and n_columns = 36 do not fit the 36 columns
          FOREST    | 35: 2 d000.txt                | 3: 2 d000.txt           | the column card_mean_10m is categorical
          FOREST    | n_classes = 2                 | n_classes = 3           | n_classes = 3 is not supported
          FOREST    | category = Binomial           | category = Regression   | category = Regression is not supported
          FOREST    | balance_classes = false       | balance_classes = maybe | balance_classes = maybe: true or false is needed
          FOREST    | balance_classes = false       | offset_column = age     | offset_column = age is not supported
          BOOSTING  | distribution = bernoulli      | distribution = gaussian | distribution = gaussian is not supported
          BOOSTING  | link_function = logit         | link_function = log     | link_function = log is not supported
          LOGISTIC  | link = logit                  | link = identity         | link = identity is not supported
          LOGISTIC  | family = binomial             | family = poisson        | family = poisson is not supported
          LOGISTIC  | cats = 0                      | cats = 1                | cats = 1 is not supported
          LOGISTIC  | beta = [                      | beta = [1.5,            | beta has 37 numbers and num_means has 35
          LOGISTIC  | beta = [                      | beta = [x,              | beta = x: a number is needed
          LOGISTIC  | mojo_version = 1.00           | mojo_version = 2.00     | mojo_version = 2.00 is not supported, only 1.00 to 1.00
          ISOLATION | min_path_length               | min_path                | the key min_path_length is missing
          """)
  void refusesSettingsThatItCannotScoreExactly(
      TestModel model, String found, String replacement, String message) {
    Map<String, byte[]> files = model.files();
    String ini = new String(files.get("model.ini"), StandardCharsets.UTF_8);
    if (!ini.contains(found)) {
      throw new AssertionError(found + " is not in " + ini);
    }
    files.put("model.ini", ini.replace(found, replacement).getBytes(StandardCharsets.UTF_8));

    assertRefused(TestModel.zip(files), message);
  }

  @Test
  void refusesWhatIsNoMojo() {
    assertRefused(new byte[0], "is no zip file or an empty one");
    assertRefused("not a zip".getBytes(StandardCharsets.UTF_8), "is no zip file");
    assertRefused(TestModel.zip(Map.of("a", new byte[1])), "the file model.ini is missing");
  }

  @Test
  void makesNoRoomForTreesThatANumberAlonePromises() {
    Map<String, byte[]> files = TestModel.FOREST.files();
    String ini = new String(files.get("model.ini"), StandardCharsets.UTF_8);
    files.put(
        "model.ini",
        ini.replaceFirst("n_trees = \\d+", "n_trees = 2147483647")
            .getBytes(StandardCharsets.UTF_8));

    assertRefused(TestModel.zip(files), "n_trees = 2147483647, but there are");
  }

  @Test
  void refusesAZipThatUnpacksToMoreThanItMayHold() {
    byte[] zip = TestModel.zip(Map.of("model.ini", new byte[MojoFiles.MAX_UNPACKED_BYTES + 1]));

    assertThat(zip).hasSizeLessThan(1 << 20);
    assertRefused(zip, "holds more than 134217728 bytes");
  }

  @Test
  void refusesAZipThatIsCutOff() {
    byte[] mojo = TestModel.FOREST.mojo();
    for (int length = 1; length < mojo.length * 9 / 10; length += 997) {
      byte[] cut = Arrays.copyOf(mojo, length);

      assertThatThrownBy(() -> Mojo.read(Path.of("cut.zip"), cut))
          .isInstanceOf(UnusableModelException.class)
          .hasMessageStartingWith("cut.zip");
    }
  }

  @Test
  void refusesATreeThatIsMissing() {
    Map<String, byte[]> files = TestModel.FOREST.files();
    files.remove(TREE);

    assertRefused(TestModel.zip(files), "the file trees/t00_003.bin is missing");
  }

  @Test
  void refusesWeightsThatAreMissingOrCutOff() {
    Map<String, byte[]> files = TestModel.FOREST.files();
    byte[] weights = files.get(WEIGHTS);
    files.put(WEIGHTS, Arrays.copyOf(weights, weights.length - 1));
    assertRefused(TestModel.zip(files), WEIGHTS + ": is cut off after");

    files.put(WEIGHTS, Arrays.copyOf(weights, weights.length - 40));
    assertRefused(TestModel.zip(files), TREE + ": has no weights for node");

    files.remove(WEIGHTS);
    assertRefused(TestModel.zip(files), "the file " + WEIGHTS + " is missing");
  }

  @Test
  void refusesATreeThatIsDamaged() {
    assertTreeRefused(tree -> Arrays.copyOf(tree, tree.length - 3), "is cut off after");
    assertTreeRefused(tree -> Arrays.copyOf(tree, tree.length + 2), "2 bytes are left over");
    assertTreeRefused(with(0, 0x08), "by categories; only numeric splits are supported");
    assertTreeRefused(with(2, 0x40), "which the model lacks");
    assertTreeRefused(with(3, 9), "in the unknown direction 9");
    assertTreeRefused(tree -> withFloat(tree, 4, Float.NaN), "at NaN");
    assertTreeRefused(
        tree -> withFloat(tree, tree.length - 4, Float.POSITIVE_INFINITY), "a leaf of the value");
  }

  private static UnaryOperator<byte[]> with(int index, int value) {
    return tree -> {
      byte[] changed = tree.clone();
      changed[index] = (byte) (index == 0 ? changed[index] | value : value);
      return changed;
    };
  }

  private static byte[] withFloat(byte[] tree, int index, float value) {
    byte[] changed = tree.clone();
    ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putFloat(index, value);
    return changed;
  }

  private static void assertTreeRefused(UnaryOperator<byte[]> damage, String message) {
    Map<String, byte[]> files = TestModel.FOREST.files();
    files.computeIfPresent(TREE, (name, tree) -> damage.apply(tree));

    assertRefused(TestModel.zip(files), message);
    assertRefused(TestModel.zip(files), "model.zip!" + TREE + ":");
  }

  private static void assertRefused(byte[] zip, String message) {
    assertThatThrownBy(() -> Mojo.read(Path.of("model.zip"), zip))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageStartingWith("model.zip")
        .hasMessageContaining(message);
  }
}
