package dev.flagstream.udf.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a score takes of memory, and that threads do not get in each other's way. */
class ScoringCostTest {

  private static final int ROWS = 2_000;

  @ParameterizedTest
  @EnumSource
  void aModelAllocatesNothingForAScoreOrItsContributions(TestModel kind) {
    Model model = kind.ours();
    List<double[]> rows = rows(kind, model);
    double[] contributions = new double[model.features().size()];
    Runnable scoreAll =
        () -> {
          for (double[] row : rows) {
            model.score(row);
            model.explain(row, contributions);
          }
        };
    scoreAll.run();

    assertThat(bytesAllocatedBy(scoreAll)).as("%d rows", ROWS).isLessThan(ROWS);
  }

  @Test
  void aFunctionAllocatesNothingButItsResult(@TempDir Path models) {
    BundleFixture.write(models, "forest", TestModel.FOREST);
    FraudScore fraudScore = new FraudScore();
    fraudScore.configure(Map.of("ksql.functions._global_.model.dir", models.toString()));
    Model model = TestModel.FOREST.ours();
    Schema schema = schema(model);
    List<Struct> structs =
        rows(TestModel.FOREST, model).stream().map(row -> struct(schema, row)).toList();
    Runnable scoreAll = () -> structs.forEach(row -> fraudScore.fraudScore("forest", row));
    scoreAll.run();

    int bytesOfADouble = 24;
    assertThat(bytesAllocatedBy(scoreAll)).isLessThan((long) ROWS * (bytesOfADouble + 1));
  }

  /** As where the model is a column, or the structs of two queries have schemas of their own. */
  @Test
  void aFunctionOfSeveralModelsAndSchemasAllocatesNothingMore(@TempDir Path models) {
    BundleFixture.write(models, "forest", TestModel.FOREST);
    BundleFixture.write(models, "logistic", TestModel.LOGISTIC);
    FraudScore fraudScore = new FraudScore();
    fraudScore.configure(Map.of("ksql.functions._global_.model.dir", models.toString()));
    Model model = TestModel.FOREST.ours();
    List<double[]> rows = rows(TestModel.FOREST, model);
    List<Struct> structs = new ArrayList<>();
    Schema one = schema(model);
    Schema other = schema(model);
    rows.forEach(row -> structs.add(struct(structs.size() % 2 == 0 ? one : other, row)));
    Runnable scoreAll =
        () -> {
          for (Struct row : structs) {
            fraudScore.fraudScore("forest", row);
            fraudScore.fraudScore("logistic", row);
          }
        };
    scoreAll.run();

    int bytesOfTwoDoubles = 48;
    assertThat(bytesAllocatedBy(scoreAll)).isLessThan((long) ROWS * (bytesOfTwoDoubles + 1));
  }

  /** The least of several runs: the first ones may still load classes. */
  private static long bytesAllocatedBy(Runnable run) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(thread);
      run.run();
      least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
    }
    return least;
  }

  @ParameterizedTest
  @EnumSource
  void threadsScoreAsOneAlone(TestModel kind) throws Exception {
    Model model = kind.ours();
    List<double[]> rows = rows(kind, model);
    double[] expected = rows.stream().mapToDouble(model::score).toArray();
    int threads = 4;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<double[]>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        tasks.add(
            () -> {
              double[] contributions = new double[model.features().size()];
              double[] scores = new double[ROWS];
              for (int row = 0; row < ROWS; row++) {
                model.explain(rows.get(ROWS - 1 - row), contributions);
                scores[row] = model.score(rows.get(row));
              }
              return scores;
            });
      }
      for (Future<double[]> scores : executor.invokeAll(tasks)) {
        assertThat(scores.get()).containsExactly(expected);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<double[]> rows(TestModel kind, Model model) {
    TestRows rows = new TestRows(kind.oracle(), model.features().size(), 17);
    List<double[]> list = new ArrayList<>();
    while (list.size() < ROWS) {
      list.add(rows.next());
    }
    return list;
  }

  private static Schema schema(Model model) {
    SchemaBuilder schema = SchemaBuilder.struct();
    model.features().forEach(name -> schema.field(name, Schema.OPTIONAL_FLOAT64_SCHEMA));
    return schema.build();
  }

  private static Struct struct(Schema schema, double[] row) {
    Struct struct = new Struct(schema);
    for (int feature = 0; feature < row.length; feature++) {
      Double value = Double.isNaN(row[feature]) ? null : Double.valueOf(row[feature]);
      struct.put(schema.fields().get(feature), value);
    }
    return struct;
  }
}
