package dev.flagstream.local.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The connectors of a folder: one JSON file each, named after the connector. */
public final class ConnectorFiles {

  private static final String SUFFIX = ".json";

  private ConnectorFiles() {}

  /** Reads every {@code *.json} of the folder: connector name to its configuration as JSON. */
  public static SortedMap<String, String> read(Path folder) {
    TreeMap<String, String> connectors = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String fileName = file.getFileName().toString();
        connectors.put(
            fileName.substring(0, fileName.length() - SUFFIX.length()), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the connector files in " + folder, e);
    }
    if (connectors.isEmpty()) {
      throw new IllegalStateException("No connector file (*.json) in " + folder);
    }
    return connectors;
  }
}
