package dev.flagstream.benchmarks.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hex.genmodel.MojoModel;
import hex.genmodel.algos.gbm.GbmMojoModel;
import hex.genmodel.algos.tree.SharedTreeMojoModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * ONNX Runtime on one thread, in one of two ways: its input and output buffers are made once
 * (pinned), or a tensor is made for each row, as most programs do. Values are floats: a row is
 * rounded down, so that it takes the same branches as in H2O.
 */
final class OnnxScorer implements Scorer {

  private final boolean pinned;
  private final float[][] rows;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final FloatBuffer input;
  private final FloatBuffer output;
  private final OnnxTensor inputTensor;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxValue> outputs;
  private final DoubleUnaryOperator outcome;

  OnnxScorer(Inputs inputs, ScoredModel model, boolean pinned) throws IOException {
    this.pinned = pinned;
    MojoModel mojo = MojoModel.load(inputs.file(model).toString());
    this.rows = floats(inputs.rows());
    this.outcome = outcome(model, mojo);
    int features = rows[0].length;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      SharedTreeMojoModel trees = (SharedTreeMojoModel) mojo;
      session =
          environment.createSession(
              OnnxTrees.of(trees.computeGraph(-1), features).bytes(), options);
      this.input = directFloats(features);
      this.output = directFloats(1);
      this.inputTensor = OnnxTensor.createTensor(environment, input, new long[] {1, features});
      this.inputs = Map.of(OnnxFile.INPUT, inputTensor);
      this.outputs =
          Map.of(OnnxFile.OUTPUT, OnnxTensor.createTensor(environment, output, new long[] {1, 1}));
    } catch (OrtException e) {
      throw new IOException("ONNX Runtime refuses the model " + model.fileName(), e);
    }
  }

  private static FloatBuffer directFloats(int count) {
    return ByteBuffer.allocateDirect(count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  private static float[][] floats(double[][] rows) {
    float[][] floats = new float[rows.length][rows[0].length];
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < rows[row].length; column++) {
        float nearest = (float) rows[row][column];
        floats[row][column] = nearest > rows[row][column] ? Math.nextDown(nearest) : nearest;
      }
    }
    return floats;
  }

  /** What becomes of the sum of the leaves. */
  private static DoubleUnaryOperator outcome(ScoredModel model, MojoModel mojo) {
    return switch (model) {
      case FOREST_DEPTH_10, FOREST_DEPTH_20 -> {
        int trees = ((SharedTreeMojoModel) mojo).getNTreeGroups();
        yield sum -> 1 - sum / trees;
      }
      case BOOSTING -> {
        double initial = ((GbmMojoModel) mojo).getInitF();
        yield sum -> 1 / (1 + Math.exp(-(sum + initial)));
      }
      case ISOLATION -> {
        int trees = ((SharedTreeMojoModel) mojo).getNTreeGroups();
        yield sum -> sum / trees;
      }
      case LOGISTIC ->
          throw new IllegalArgumentException("ONNX does not impute: no fair comparison");
    };
  }

  @Override
  public double score(int row) {
    try {
      return outcome.applyAsDouble(pinned ? scorePinned(rows[row]) : scoreAnew(rows[row]));
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot score", e);
    }
  }

  private float scorePinned(float[] row) throws OrtException {
    input.put(0, row);
    session.run(inputs, outputs).close();
    return output.get(0);
  }

  private float scoreAnew(float[] row) throws OrtException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, new float[][] {row});
        OrtSession.Result result = session.run(Map.of(OnnxFile.INPUT, tensor))) {
      return ((float[][]) result.get(0).getValue())[0][0];
    }
  }

  @Override
  public void close() {
    try {
      inputTensor.close();
      outputs.values().forEach(OnnxValue::close);
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close", e);
    }
  }
}
