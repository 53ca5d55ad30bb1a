package dev.flagstream.training.h2o.worker;

import dev.flagstream.training.h2o.task.TrainingTask;
import dev.flagstream.training.h2o.task.WorkerMessage;
import dev.flagstream.training.table.MatrixFile;
import hex.Model;
import hex.ModelBuilder;
import hex.genmodel.MojoModel;
import hex.glm.GLMModel;
import hex.tree.SharedTreeModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import water.Job;
import water.Scope;
import water.fvec.Frame;

/** One task: frame, model, MOJO, scores. */
final class H2oTraining {

  private static final long POLL_MS = 200;

  private final TrainingTask task;

  H2oTraining(TrainingTask task) {
    this.task = task;
  }

  WorkerMessage run(DoubleConsumer progress) throws IOException {
    Scope.enter();
    try {
      Frame frame = Frames.of(task, MatrixFile.read(task.rows()));
      Scope.track(frame);
      ModelBuilder<?, ?, ?> builder = Builders.of(task, frame);
      if (builder.error_count() > 0) {
        throw new IllegalArgumentException(builder.validationErrors());
      }
      Model<?, ?, ?> model = await(builder.trainModel(), progress);
      try (OutputStream out = Files.newOutputStream(task.mojo())) {
        model.getMojo().writeTo(out);
      }
      MojoZip.normalize(task.mojo());
      MojoModel mojo = MojoModel.load(task.mojo().toString());
      for (TrainingTask.Scoring scoring : task.scorings()) {
        score(mojo, scoring.rows(), scoring.scores());
      }
      Map<String, Double> importance = importance(model);
      model.remove();
      return WorkerMessage.done(List.of(mojo.features()), importance);
    } finally {
      Scope.exit();
    }
  }

  private static Model<?, ?, ?> await(Job<?> job, DoubleConsumer progress) {
    while (job.isRunning()) {
      progress.accept(job.progress());
      job.blockingWaitForDone(POLL_MS);
    }
    return (Model<?, ?, ?>) job.get();
  }

  private void score(MojoModel mojo, Path rows, Path scores) throws IOException {
    int[] places = placesIn(mojo);
    double[][] in = MatrixFile.read(rows);
    double[][] out = new double[in.length][];
    double[] row = new double[places.length];
    double[] prediction = new double[Math.max(3, mojo.getPredsSize())];
    int wanted = task.settings().supervised() ? 2 : 0;
    for (int r = 0; r < in.length; r++) {
      // Filled anew each time: score0 of a GLM overwrites missing values in its argument.
      for (int c = 0; c < places.length; c++) {
        row[c] = in[r][places[c]];
      }
      mojo.score0(row, prediction);
      out[r] = new double[] {prediction[wanted]};
    }
    MatrixFile.write(scores, out);
  }

  private int[] placesIn(MojoModel mojo) {
    String[] names = mojo.features();
    int[] places = new int[names.length];
    for (int i = 0; i < places.length; i++) {
      places[i] = task.features().indexOf(names[i]);
      if (places[i] < 0) {
        throw new IllegalStateException("The MOJO has a feature " + names[i] + " of its own");
      }
    }
    return places;
  }

  private static Map<String, Double> importance(Model<?, ?, ?> model) {
    Map<String, Double> importance = new LinkedHashMap<>();
    if (model._output instanceof SharedTreeModel.SharedTreeOutput trees && trees._varimp != null) {
      addSorted(importance, trees._varimp._names, trees._varimp._varimp);
    } else if (model instanceof GLMModel glm) {
      hex.VarImp coefficients = coefficients(glm);
      addSorted(importance, coefficients._names, coefficients._varimp);
    }
    return importance;
  }

  /** Absolute values of the coefficients of the standardized features. */
  private static hex.VarImp coefficients(GLMModel model) {
    Map<String, Double> standardized = model.coefficients(true);
    standardized.remove("Intercept");
    float[] sizes = new float[standardized.size()];
    String[] names = standardized.keySet().toArray(new String[0]);
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = (float) Math.abs(standardized.get(names[i]));
    }
    return new hex.VarImp(sizes, names);
  }

  private static void addSorted(Map<String, Double> importance, String[] names, float[] sizes) {
    double sum = 0;
    for (float size : sizes) {
      sum += size;
    }
    double whole = sum;
    java.util.stream.IntStream.range(0, sizes.length)
        .boxed()
        .sorted((a, b) -> Float.compare(sizes[b], sizes[a]))
        .forEach(i -> importance.put(names[i], whole == 0 ? 0 : sizes[i] / whole));
  }
}
