package dev.flagstream.benchmarks.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hex.genmodel.MojoModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Only scorers that give the same scores may be compared for speed. */
class SameScoresTest {

  private static final Path TEST_MODELS =
      Path.of("..", "udf", "src", "test", "resources", "dev", "flagstream", "udf", "model");
  private static final Map<ScoredModel, String> TEST_MODEL =
      Map.of(
          ScoredModel.FOREST_DEPTH_20, "forest",
          ScoredModel.FOREST_DEPTH_10, "forest",
          ScoredModel.BOOSTING, "boosting",
          ScoredModel.ISOLATION, "isolation",
          ScoredModel.LOGISTIC, "logistic");
  private static final int FEATURES = 35;
  private static final int ROWS = 500;

  /** ONNX Runtime adds in floats. */
  private static final double OF_FLOATS = 2e-5;

  @TempDir private Path folder;

  private Inputs inputs;

  @BeforeEach
  void writeInputs() throws IOException {
    for (ScoredModel model : ScoredModel.values()) {
      Files.copy(
          TEST_MODELS.resolve(TEST_MODEL.get(model) + ".zip"),
          folder.resolve(model.fileName() + ".zip"));
    }
    Random random = new Random(21);
    List<String> lines =
        random
            .doubles((long) ROWS * FEATURES, -2, 10)
            .mapToObj(value -> random.nextInt(10) == 0 ? "" : String.valueOf(value))
            .toList();
    Files.write(
        folder.resolve("rows.csv"),
        IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    lines.subList(row * FEATURES, (row + 1) * FEATURES).stream()
                        .collect(Collectors.joining(",")))
            .toList());
    inputs = new Inputs(folder);
  }

  @ParameterizedTest
  @EnumSource
  void ofGenmodelAreOurs(ScoredModel model) throws IOException {
    Scorer ours = new OurScorer(inputs, model);
    Scorer genmodel = new GenmodelScorer(inputs, model);
    for (int row = 0; row < ROWS; row++) {
      assertThat(ours.score(row)).isEqualTo(genmodel.score(row));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FOREST_DEPTH_20", "BOOSTING"})
  void ofOnnxRuntimeAreOursAsFarAsFloatsCanBe(ScoredModel model) throws IOException {
    Scorer ours = new OurScorer(inputs, model);
    try (Scorer pinned = new OnnxScorer(inputs, model, true);
        Scorer anew = new OnnxScorer(inputs, model, false)) {
      for (int row = 0; row < ROWS; row++) {
        assertThat(pinned.score(row)).isCloseTo(ours.score(row), within(OF_FLOATS));
        assertThat(anew.score(row)).isEqualTo(pinned.score(row));
      }
    }
  }

  @Test
  void ofOnnxRuntimeAreTheMeanPathsOfTheIsolationForest() throws IOException {
    MojoModel genmodel = MojoModel.load(inputs.file(ScoredModel.ISOLATION).toString());
    double[][] rows = inputs.rows();
    double[] scoreAndMeanPath = new double[2];
    try (Scorer onnx = new OnnxScorer(inputs, ScoredModel.ISOLATION, true)) {
      for (int row = 0; row < ROWS; row++) {
        genmodel.score0(rows[row], scoreAndMeanPath);

        assertThat(onnx.score(row)).isCloseTo(scoreAndMeanPath[1], within(OF_FLOATS));
      }
    }
  }

  @Test
  void areAskedOfEveryModelAndScorerThatTheTableShows() {
    List<String> lines = ScoringCase.all().stream().map(ScoringCase::line).distinct().toList();

    assertThat(lines)
        .containsAll(Arrays.stream(ScoredModel.values()).map(ScoredModel::fileName).toList())
        .contains("pipeline");
    assertThat(ScoredModel.named("pipeline")).isEqualTo(ScoredModel.PIPELINE);
  }
}
