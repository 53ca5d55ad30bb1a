package dev.flagstream.fuzz;

import dev.flagstream.udf.model.ModelBundle;
import dev.flagstream.udf.model.UnusableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a bundle whose manifest is the input and whose model is one that ships. */
final class ModelManifest implements FuzzTarget {

  private final Path bundle = ProjectFiles.temporary("manifest").resolve("logistic");

  ModelManifest() {
    try {
      Files.createDirectories(bundle);
      Files.copy(
          ProjectFiles.ROOT.resolve("models/logistic/model.zip"), bundle.resolve("model.zip"));
    } catch (IOException e) {
      throw new IllegalStateException("Cannot make a bundle", e);
    }
  }

  @Override
  public void tryOut(byte[] input) throws IOException {
    Files.write(bundle.resolve("manifest.json"), input);
    try {
      ModelBundle read = ModelBundle.read(bundle);
      if (!read.name().equals("logistic")) {
        throw new AssertionError("named " + read.name());
      }
    } catch (UnusableModelException e) {
      SqlText.requireSentence(e);
    }
  }
}
