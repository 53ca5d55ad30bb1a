package dev.flagstream.benchmarks.scoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of the trained models and of the rows to score. */
final class Inputs {

  /** The system property that names the folder: JMH measures in JVMs of its own. */
  static final String FOLDER_PROPERTY = "flagstream.scoring.models";

  private final Path folder;

  Inputs(Path folder) {
    this.folder = folder;
  }

  static Inputs ofProperty() {
    return new Inputs(Path.of(System.getProperty(FOLDER_PROPERTY)));
  }

  Path file(ScoredModel model) {
    return folder.resolve(model.fileName() + ".zip");
  }

  byte[] mojo(ScoredModel model) throws IOException {
    return Files.readAllBytes(file(model));
  }

  /** The rows, NaN where a value is missing. */
  double[][] rows() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("rows.csv"));
    double[][] rows = new double[lines.size()][];
    for (int row = 0; row < rows.length; row++) {
      String[] values = lines.get(row).split(",", -1);
      rows[row] = new double[values.length];
      for (int column = 0; column < values.length; column++) {
        rows[row][column] =
            values[column].isEmpty() ? Double.NaN : Double.parseDouble(values[column]);
      }
    }
    return rows;
  }
}
