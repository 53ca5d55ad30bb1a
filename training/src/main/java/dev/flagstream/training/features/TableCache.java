package dev.flagstream.training.features;

import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.FeatureTableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Tables that were computed before, found by everything that they follow from. */
public final class TableCache {

  private static final int NAME_DIGITS = 16;

  private final Path folder;

  /** A cache in a folder, which need not exist yet. */
  public TableCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds a table.
   *
   * @param origin all that the table follows from, in words
   */
  public Optional<FeatureTable> find(String origin) throws IOException {
    Path file = fileOf(origin);
    return Files.exists(file) ? Optional.of(FeatureTableFile.read(file)) : Optional.empty();
  }

  /** Writes a table for later runs over the same origin, in the place of one that is there. */
  public void keep(String origin, FeatureTable table) throws IOException {
    FeatureTableFile.write(fileOf(origin), table);
  }

  private Path fileOf(String origin) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
      return folder.resolve(
          "features-" + HexFormat.of().formatHex(hash).substring(0, NAME_DIGITS) + ".table");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
