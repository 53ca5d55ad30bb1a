package dev.flagstream.training.h2o.worker;

import dev.flagstream.training.h2o.task.TrainingTask;
import java.io.IOException;
import water.DKV;
import water.Key;
import water.fvec.Frame;
import water.fvec.Vec;

/** Makes H2O's frames from numbers, without its parser: to the last bit, and no guessed types. */
final class Frames {

  static final String LABEL = "is_fraud";
  static final String WEIGHT = "weight_of_row";

  /**
   * About 16,000 rows a chunk: small tables keep two threads busy, and the same rows are always
   * split alike.
   */
  private static final int LOG_ROWS_PER_CHUNK = 14;

  private static final String[] LABEL_DOMAIN = {"0", "1"};

  private Frames() {}

  /** Features, a categorical label and, if frauds weigh more than 1, weights. */
  static Frame of(TrainingTask task, double[][] rows) throws IOException {
    int width = task.features().size();
    Frame frame = new Frame(Key.<Frame>make());
    Vec layout = Vec.makeCon(0, rows.length, LOG_ROWS_PER_CHUNK);
    for (int c = 0; c < width; c++) {
      frame.add(task.features().get(c), column(layout, rows, c));
    }
    Vec label = column(layout, rows, width);
    label.setDomain(LABEL_DOMAIN);
    DKV.put(label);
    double fraudWeight = task.settings().fraudWeight();
    if (fraudWeight != 1) {
      frame.add(WEIGHT, weights(layout, rows, width, fraudWeight));
    }
    frame.add(LABEL, label);
    layout.remove();
    DKV.put(frame);
    return frame;
  }

  private static Vec column(Vec layout, double[][] rows, int column) throws IOException {
    Vec vec = layout.makeCon(0);
    try (Vec.Writer writer = vec.open()) {
      for (int r = 0; r < rows.length; r++) {
        if (Double.isNaN(rows[r][column])) {
          writer.setNA(r);
        } else {
          writer.set(r, rows[r][column]);
        }
      }
    }
    return vec;
  }

  private static Vec weights(Vec layout, double[][] rows, int label, double fraudWeight)
      throws IOException {
    Vec vec = layout.makeCon(1);
    try (Vec.Writer writer = vec.open()) {
      for (int r = 0; r < rows.length; r++) {
        writer.set(r, rows[r][label] == 1 ? fraudWeight : 1.0);
      }
    }
    return vec;
  }
}
