package dev.flagstream.local.connect;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.failure.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The connectors of a folder: one JSON file each, named after the connector. What bounds the work
 * of reading one: 1 MiB, and Jackson's limits of nesting and of digits.
 */
public final class ConnectorFiles {

  private static final String SUFFIX = ".json";

  /** Connect keeps a configuration in one record. */
  private static final long MAX_BYTES = 1 << 20;

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

  /** Jackson does not say where a limit was passed. */
  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new StackException(
          file + " is longer than the " + MAX_BYTES + " bytes that a connector's file may have.");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new StackException(
          file + " is not UTF-8 throughout. Mend the file and run the same command again.", e);
    }
  }

  private static String checked(Path file) throws IOException {
    String text = text(file);
    JsonNode config;
    try {
      config = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new StackException(
          "%s%s: %s. Mend the file and run the same command again."
              .formatted(file, place(e.getLocation()), e.getOriginalMessage()),
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
