package dev.flagstream.local.connect;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The connectors of a folder: one JSON file each, named after the connector. */
public final class ConnectorFiles {

  private static final String SUFFIX = ".json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConnectorFiles() {}

  /**
   * Reads every {@code *.json} of the folder: connector name to its configuration as JSON, as it is
   * written.
   *
   * @throws StackException naming the file, line and column of what is no configuration: an object
   *     whose values are texts, numbers and booleans
   */
  public static SortedMap<String, String> read(Path folder) {
    TreeMap<String, String> connectors = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String fileName = file.getFileName().toString();
        connectors.put(fileName.substring(0, fileName.length() - SUFFIX.length()), checked(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the connector files in " + folder, e);
    }
    if (connectors.isEmpty()) {
      throw new IllegalStateException("No connector file (*.json) in " + folder);
    }
    return connectors;
  }

  /** Where the configuration of a connector of the folder is written. */
  static Path file(Path folder, String connector) {
    return folder.resolve(connector + SUFFIX);
  }

  private static String checked(Path file) throws IOException {
    String text = Files.readString(file);
    JsonNode config;
    try {
      config = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw new StackException(
          "%s, line %d, column %d: %s. Mend the file and run the same command again."
              .formatted(file, place.getLineNr(), place.getColumnNr(), e.getOriginalMessage()),
          e);
    }
    if (!config.isObject()) {
      throw new StackException(
          file + " is not the configuration of a connector: it must be a JSON object.");
    }
    for (Map.Entry<String, JsonNode> setting : config.properties()) {
      if (!setting.getValue().isValueNode() || setting.getValue().isNull()) {
        throw new StackException(
            "%s: the value of '%s' is neither a text, a number nor true or false. Mend the file and run the same command again."
                .formatted(file, setting.getKey()));
      }
    }
    return text;
  }
}
