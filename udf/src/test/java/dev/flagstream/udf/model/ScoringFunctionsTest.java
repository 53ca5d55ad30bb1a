package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.udf.TransactionFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The functions, as SQL calls them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringFunctionsTest {

  private static final Schema FEATURES = schema(TransactionFeatures.names());

  @TempDir private static Path models;

  private final FraudScore fraudScore = new FraudScore();
  private final FraudProbability fraudProbability = new FraudProbability();
  private final AnomalyScore anomalyScore = new AnomalyScore();
  private final FraudReasons fraudReasons = new FraudReasons();
  private final ModelVersion modelVersion = new ModelVersion();
  private final FraudThreshold fraudThreshold = new FraudThreshold();

  private TestModel.Oracle forest;
  private double[] row;

  @BeforeAll
  static void writeBundles() {
    BundleFixture.write(models, "forest", TestModel.FOREST);
    BundleFixture.write(models, "logistic", TestModel.LOGISTIC_SKIPPING);
    BundleFixture.write(models, "boosting", TestModel.BOOSTING);
    BundleFixture.write(models, "isolation", TestModel.ISOLATION);
  }

  @BeforeEach
  void configure() {
    for (Configurable function :
        List.of(
            fraudScore,
            fraudProbability,
            anomalyScore,
            fraudReasons,
            modelVersion,
            fraudThreshold)) {
      function.configure(settings(models));
    }
    forest = TestModel.FOREST.oracle();
    row = new TestRows(forest, TransactionFeatures.names().size(), 5).next();
    row[1] = Double.NaN;
  }

  private static Map<String, String> settings(Path directory) {
    return Map.of("ksql.functions._global_.model.dir", directory.toString());
  }

  @Test
  void scoreAStructAndAMapAlike() {
    assertThat(fraudScore.fraudScore("forest", struct(row))).isEqualTo(forest.score(row));
    assertThat(fraudScore.fraudScore("forest", map(row))).isEqualTo(forest.score(row));
    assertThat(anomalyScore.anomalyScore(struct(row)))
        .isEqualTo(TestModel.ISOLATION.oracle().score(row))
        .isEqualTo(anomalyScore.anomalyScore("isolation", map(row)))
        .isEqualTo(anomalyScore.anomalyScore("isolation", struct(row)))
        .isEqualTo(fraudScore.fraudScore("isolation", map(row)));
  }

  @Test
  void takeNamesAsTheStructHasThemInWhateverOrder() {
    List<String> backwards = new ArrayList<>(TransactionFeatures.names());
    Collections.reverse(backwards);
    Struct struct = new Struct(schema(backwards));
    map(row).forEach((name, value) -> struct.put(name, value));

    assertThat(fraudScore.fraudScore("forest", struct)).isEqualTo(forest.score(row));
    assertThat(fraudScore.fraudScore("forest", struct(row))).isEqualTo(forest.score(row));
  }

  @Test
  void calibrateTheScore() {
    double score = forest.score(row);
    double expected = score < 0.5 ? score / 5 : 0.1 + (score - 0.5) * 1.6;

    assertThat(fraudProbability.fraudProbability("forest", map(row)))
        .isCloseTo(expected, within(1e-12))
        .isEqualTo(fraudProbability.fraudProbability("forest", struct(row)));
  }

  @Test
  void nameTheFeatureThatIsMisspelt() {
    Map<String, Double> features = map(row);
    features.put("amuont", features.remove("amount"));

    assertThatThrownBy(() -> fraudScore.fraudScore("forest", features))
        .hasMessageMatching(
            "the model forest@\\w{12} has no feature amuont: did you mean amount\\?");
  }

  @Test
  void nameTheFeatureThatIsMissingOrTooMany() {
    Map<String, Double> fewer = map(row);
    fewer.remove("night");
    assertThatThrownBy(() -> fraudScore.fraudScore("forest", fewer))
        .hasMessageContaining("needs the feature night; pass NULL where its value is not known");

    Map<String, Double> more = map(row);
    more.put("NIGHT", 1.0);
    assertThatThrownBy(() -> fraudScore.fraudScore("forest", more))
        .hasMessageContaining("has no feature NIGHT");
  }

  @Test
  void nameTheFeatureThatTheStructLacks() {
    Struct struct = new Struct(schema(TransactionFeatures.names().subList(0, 30)));

    assertThatThrownBy(() -> fraudScore.fraudScore("forest", struct))
        .hasMessageContaining("needs the feature merchant_fraud_share_7d, which the features");
  }

  @Test
  void tellWhichModelsThereAre() {
    assertThatThrownBy(() -> fraudScore.fraudScore("forrest", map(row)))
        .hasMessageContaining("there is no model forrest in ")
        .hasMessageContaining("only boosting, forest, isolation, logistic: did you mean forest?");
    assertThatThrownBy(() -> modelVersion.modelVersion("boost"))
        .hasMessageContaining("did you mean boosting?");
  }

  @Test
  void refuseAModelOfAnotherKind() {
    assertThatThrownBy(() -> anomalyScore.anomalyScore("forest", struct(row)))
        .hasMessageContaining("is no isolation forest but drf: call FRAUD_SCORE");
    assertThatThrownBy(() -> fraudProbability.fraudProbability("isolation", struct(row)))
        .hasMessageContaining("has no calibration: call FRAUD_SCORE");
  }

  @Test
  void giveTheReasonsThatMovedTheScoreMost() {
    double[] contributions = new double[row.length];
    Model model = TestModel.FOREST.ours();
    model.explain(row, contributions);

    List<Struct> all = fraudReasons.fraudReasons("forest", struct(row), 100);

    double sum = all.stream().mapToDouble(reason -> reason.getFloat64("contribution")).sum();
    assertThat(model.baseline() + sum).isCloseTo(forest.score(row), within(1e-12));
    assertThat(all).hasSizeGreaterThan(10);
    assertThat(all).extracting(reason -> -Math.abs(reason.getFloat64("contribution"))).isSorted();
    assertThat(fraudReasons.fraudReasons("forest", map(row), 3)).isEqualTo(all.subList(0, 3));
    for (Struct reason : all) {
      int feature = TransactionFeatures.names().indexOf(reason.getString("feature"));
      assertThat(reason.getFloat64("contribution")).isEqualTo(contributions[feature]);
      assertThat(reason.getFloat64("value"))
          .isEqualTo(Double.isNaN(row[feature]) ? null : Double.valueOf(row[feature]));
    }
  }

  @Test
  void giveTheSameInWhateverOrderTheyAreAsked() {
    TestRows rows = new TestRows(forest, row.length, 11);
    List<double[]> few = List.of(rows.next(), rows.next(), rows.next(), row);
    Model model = TestModel.FOREST.ours();
    double[] contributions = new double[row.length];
    // So that each question follows each other one, of the same row and of others.
    Random random = new Random(11);
    for (int question = 0; question < 2_000; question++) {
      double[] asked = few.get(random.nextInt(few.size()));
      if (random.nextBoolean()) {
        assertThat(fraudScore.fraudScore("forest", struct(asked))).isEqualTo(model.score(asked));
      } else {
        model.explain(asked, contributions);
        for (Struct reason : fraudReasons.fraudReasons("forest", struct(asked), 5)) {
          int feature = TransactionFeatures.names().indexOf(reason.getString("feature"));
          assertThat(reason.getFloat64("contribution")).isEqualTo(contributions[feature]);
        }
      }
    }
  }

  @Test
  void giveNoReasonsWhereNoneAreWanted() {
    assertThat(fraudReasons.fraudReasons("forest", struct(row), 0)).isEmpty();
    assertThatThrownBy(() -> fraudReasons.fraudReasons("forest", struct(row), -1))
        .hasMessageContaining("n = -1");
    assertThatThrownBy(() -> fraudReasons.fraudReasons("forest", struct(row), null))
        .hasMessageContaining("n = null");
  }

  @Test
  void nameVersionAndThreshold() {
    assertThat(modelVersion.modelVersion("forest"))
        .isEqualTo(ModelBundle.read(models.resolve("forest")).version());
    assertThat(fraudThreshold.fraudThreshold("forest")).isEqualTo(0.75);
  }

  @Test
  void giveNullForNull() {
    assertThat(fraudScore.fraudScore(null, struct(row))).isNull();
    assertThat(fraudScore.fraudScore("forest", (Struct) null)).isNull();
    assertThat(fraudScore.fraudScore("forest", (Map<String, Double>) null)).isNull();
    assertThat(fraudProbability.fraudProbability(null, map(row))).isNull();
    assertThat(anomalyScore.anomalyScore(null)).isNull();
    assertThat(anomalyScore.anomalyScore(null, map(row))).isNull();
    assertThat(fraudReasons.fraudReasons(null, map(row), 3)).isNull();
    assertThat(fraudReasons.fraudReasons("forest", (Struct) null, 3)).isNull();
    assertThat(modelVersion.modelVersion(null)).isNull();
    assertThat(fraudThreshold.fraudThreshold(null)).isNull();
  }

  @Test
  void giveNullWhereTheModelGivesNoNumber() {
    // This logistic regression was trained to skip rows with missing values.
    assertThat(fraudScore.fraudScore("logistic", map(row))).isNull();
    assertThat(fraudProbability.fraudProbability("logistic", map(row))).isNull();
  }

  @Test
  void doNotStartWithoutModels(@TempDir Path empty) throws IOException {
    assertThatThrownBy(() -> new FraudScore().configure(Map.of()))
        .hasMessageContaining("ksql.functions.fraud_score.model.dir")
        .hasMessageContaining("is not set");
    assertThatThrownBy(() -> new FraudScore().configure(settings(empty)))
        .hasMessageContaining("there is no directory with a manifest.json in it");
    assertThatThrownBy(() -> new FraudScore().configure(settings(empty.resolve("none"))))
        .hasMessageContaining("ksql.functions._global_.model.dir = " + empty.resolve("none"));
    assertThatThrownBy(
            () ->
                new FraudScore()
                    .configure(Map.of("ksql.functions.fraud_score.model.directory", "x")))
        .hasMessageContaining("did you mean ksql.functions.fraud_score.model.dir?");
    assertThatThrownBy(() -> new FraudScore().fraudScore("forest", map(row)))
        .hasMessageContaining("fraud_score has not been configured");
    Files.createDirectory(empty.resolve("report"));
    BundleFixture.write(empty, "forest", TestModel.FOREST, manifest -> manifest.put("format", 9));
    assertThatThrownBy(() -> new FraudScore().configure(settings(empty)))
        .isInstanceOf(UnusableModelException.class)
        .hasMessageContaining("manifest.json: format: 9.0 is not supported");
  }

  @Test
  void agreeOnTheVersionAlthoughTheBundleChangesOnDisk(@TempDir Path directory) {
    BundleFixture.write(directory, "forest", TestModel.FOREST);
    fraudScore.configure(settings(directory));
    modelVersion.configure(settings(directory));
    String version = modelVersion.modelVersion("forest");

    BundleFixture.write(directory, "forest", TestModel.FOREST_BALANCED);
    ModelVersion later = new ModelVersion();
    later.configure(settings(directory));

    assertThat(later.modelVersion("forest")).isEqualTo(version);
    assertThat(fraudScore.fraudScore("forest", struct(row))).isEqualTo(forest.score(row));
  }

  @Test
  void aStructThatHasChangedSinceItWasScoredIsScoredAnew() {
    TestRows rows = new TestRows(forest, TransactionFeatures.names().size(), 5);
    double[] one = rows.next().clone();
    double[] other = rows.next().clone();
    Struct struct = struct(one);
    assertThat(fraudScore.fraudScore("forest", struct)).isEqualTo(forest.score(one));

    map(other).forEach((name, value) -> struct.put(name, value));

    assertThat(fraudScore.fraudScore("forest", struct)).isEqualTo(forest.score(other));
    assertThat(fraudScore.fraudScore("forest", struct(one))).isEqualTo(forest.score(one));
  }

  private static Schema schema(List<String> names) {
    SchemaBuilder schema = SchemaBuilder.struct().optional();
    names.forEach(name -> schema.field(name, Schema.OPTIONAL_FLOAT64_SCHEMA));
    return schema.build();
  }

  private static Struct struct(double[] row) {
    Struct struct = new Struct(FEATURES);
    map(row).forEach((name, value) -> struct.put(name, value));
    return struct;
  }

  private static Map<String, Double> map(double[] row) {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int feature = 0; feature < row.length; feature++) {
      map.put(
          TransactionFeatures.names().get(feature),
          Double.isNaN(row[feature]) ? null : Double.valueOf(row[feature]));
    }
    return map;
  }
}
