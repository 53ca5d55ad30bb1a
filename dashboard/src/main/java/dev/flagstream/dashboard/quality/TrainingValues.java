package dev.flagstream.dashboard.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * The values that a model learned from, as its bundle counts them in {@code histograms.json}.
 *
 * @param model its name and version, as decisions carry them
 * @param rows how many rows it learned from
 * @param features by name
 */
record TrainingValues(String model, long rows, Map<String, ValueCounts> features) {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int FORMAT = 1;

  /** There are none of a model; the message says why, as the end of a sentence. */
  static final class UnknownException extends Exception {

    private static final long serialVersionUID = 1L;

    UnknownException(String why) {
      super(why);
    }
  }

  TrainingValues {
    features = Map.copyOf(features);
  }

  /**
   * Reads what belongs to a version of a model, and nothing else.
   *
   * @param folder of the bundles; need not exist
   * @param model its name and version, such as {@code forest@41359579fd9e}
   * @throws UnknownException if there is no such bundle, it has no histograms or is damaged
   */
  static TrainingValues read(Path folder, String model) throws UnknownException {
    String[] nameAndVersion = model.split("@", -1);
    if (nameAndVersion.length != 2 || !isPlain(nameAndVersion[0])) {
      throw new UnknownException("decisions name no bundle (" + model + ")");
    }
    Path bundle = folder.resolve(nameAndVersion[0]);
    byte[] manifest = content(bundle.resolve("manifest.json"), model);
    if (!sha256(manifest).startsWith(nameAndVersion[1])) {
      throw new UnknownException("the bundle in the dashboard's folder is not that of " + model);
    }
    JsonNode described = json(manifest, model).path("histograms");
    String file = described.path("file").asText();
    if (described.isMissingNode() || !isPlain(file)) {
      throw new UnknownException("the bundle of " + model + " has no histograms");
    }
    byte[] histograms = content(bundle.resolve(file), model);
    if (!sha256(histograms).equals(described.path("sha256").asText())) {
      throw new UnknownException("the histograms of " + model + " are not those of its manifest");
    }
    return parse(json(histograms, model), model);
  }

  private static boolean isPlain(String name) {
    return name.matches("\\w[\\w.-]*");
  }

  private static byte[] content(Path file, String model) throws UnknownException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnknownException("the dashboard does not find the bundle of " + model);
    }
  }

  private static JsonNode json(byte[] content, String model) throws UnknownException {
    try {
      return JSON.readTree(content);
    } catch (IOException e) {
      throw new UnknownException("the bundle of " + model + " is no JSON");
    }
  }

  private static TrainingValues parse(JsonNode json, String model) throws UnknownException {
    if (json.path("format").asInt() != FORMAT) {
      throw new UnknownException("the histograms of " + model + " have another format");
    }
    Map<String, ValueCounts> features = new TreeMap<>();
    try {
      json.path("features")
          .properties()
          .forEach(each -> features.put(each.getKey(), counts(each.getValue())));
    } catch (IllegalArgumentException e) {
      throw new UnknownException("the histograms of " + model + " are damaged: " + e.getMessage());
    }
    return new TrainingValues(model, json.path("rows").asLong(), features);
  }

  private static ValueCounts counts(JsonNode histogram) {
    return new ValueCounts(
        histogram.path("missing").asLong(),
        StreamSupport.stream(histogram.path("edges").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray(),
        StreamSupport.stream(histogram.path("counts").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray());
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
