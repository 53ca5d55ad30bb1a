package dev.flagstream.udf.model;

import hex.genmodel.MojoModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The models that H2O trained for the tests; README.md beside them says how. */
enum TestModel {
  FOREST("forest"),
  FOREST_BALANCED("forest-balanced"),
  FOREST_OF_LEAVES("forest-of-leaves"),
  BOOSTING("boosting"),
  BOOSTING_BALANCED("boosting-balanced"),
  ISOLATION("isolation"),
  LOGISTIC("logistic"),
  LOGISTIC_SKIPPING("logistic-skipping");

  private final String fileName;

  TestModel(String fileName) {
    this.fileName = fileName;
  }

  byte[] mojo() {
    try (InputStream file = TestModel.class.getResourceAsStream(fileName + ".zip")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Model ours() {
    return Mojo.read(Path.of(fileName + ".zip"), mojo());
  }

  /** The same model in h2o-genmodel. */
  Oracle oracle() {
    return new Oracle(mojo());
  }

  boolean isAnomalyModel() {
    return this == ISOLATION;
  }

  /** The MOJO's files by name, to be damaged and {@linkplain #zip zipped} again. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(mojo()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** h2o-genmodel, one row at a time. Not thread-safe. */
  static final class Oracle {

    private final MojoModel model;
    private final double[] predictions;
    private final int scoreIndex;

    Oracle(byte[] mojo) {
      try {
        Path file = Files.createTempFile("mojo", ".zip");
        Files.write(file, mojo);
        model = MojoModel.load(file.toString());
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      boolean isolationForest = !model.isSupervised();
      predictions = new double[isolationForest ? 2 : 3];
      scoreIndex = isolationForest ? 0 : 2;
    }

    MojoModel model() {
      return model;
    }

    double score(double[] row) {
      // A copy: genmodel's logistic regression writes means over missing values.
      model.score0(row.clone(), predictions);
      return predictions[scoreIndex];
    }
  }
}
