package dev.flagstream.udf.features;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.udf.features.TransactionFeature.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What follows from {@link TransactionFeature}: the blocks between "Written by make features" and
 * "end of features" in Java, SQL and documents, the features in the sinks' schemas, and the two
 * lines of each sink that follow from its schema.
 */
public final class FeatureFiles {

  private static final Pattern BLOCK =
      Pattern.compile(
          "( *(?://|--|<!--) Written by make features: ([a-z ]+?)(?: -->)?\\n)"
              + ".*?"
              + "( *(?://|--|<!--) end of features)",
          Pattern.DOTALL);

  private static final List<TransactionFeature> ALL = List.of(TransactionFeature.values());

  /** Of a line of Java. */
  private static final int COLUMNS = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private FeatureFiles() {}

  /** Writes them all, in the project whose folder is the only argument. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, String> file : expected(Path.of(args[0])).entrySet()) {
      Files.writeString(file.getKey(), file.getValue());
    }
  }

  /** Every file of the project that has to do with features, as it should be. */
  static Map<Path, String> expected(Path project) throws IOException {
    List<Path> texts = new ArrayList<>(list(project.resolve("ksql"), ".sql"));
    texts.add(project.resolve("udf/src/main/java/dev/flagstream/udf/TransactionFeatures.java"));
    texts.add(
        project.resolve("training/src/main/java/dev/flagstream/training/batch/FeatureNames.java"));
    texts.add(project.resolve("docs/features.md"));
    Map<Path, String> files = new TreeMap<>();
    for (Path text : texts) {
      files.put(text, withBlocks(Files.readString(text)));
    }
    for (Path file : list(project.resolve("connect/schemas"), ".json")) {
      JsonNode schema = withFeatures(JSON.readTree(Files.readString(file)));
      files.put(file, printed(schema, "") + "\n");
      Path sink = sink(project.resolve("connect"), file.getFileName());
      files.put(sink, withSchema(Files.readString(sink), schema));
    }
    for (Path sink : list(project.resolve("connect/sql"), ".json")) {
      String text = Files.readString(sink);
      JsonNode schema = JSON.readTree(schemaOfTopic(project, JSON.readTree(text)).toFile());
      files.put(sink, withSchema(text, withFeatures(schema)));
    }
    for (Path file : list(project.resolve("connect/lake/schemas"), ".json")) {
      files.put(file, printed(JSON.readTree(file.toFile()), "") + "\n");
    }
    for (Path sink : list(project.resolve("connect/lake"), ".json")) {
      String text = Files.readString(sink);
      JsonNode schema = JSON.readTree(schemaOfTopic(project, JSON.readTree(text)).toFile());
      files.put(sink, withValue(text, "lake.schema", withFeatures(schema).toString()));
    }
    return files;
  }

  /** Sinks that not every pipeline has are in folders of their own. */
  private static Path sink(Path connect, Path name) {
    return Stream.of("webhook", "quality")
        .map(folder -> connect.resolve(folder).resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElse(connect.resolve(name));
  }

  /** Rows have the schema of the documents that are made of the same topic, if there are any. */
  private static Path schemaOfTopic(Path project, JsonNode sink) {
    String name = sink.get("topics").asText().replace('_', '-') + ".json";
    Path ofDocuments = project.resolve("connect/schemas").resolve(name);
    return Files.exists(ofDocuments)
        ? ofDocuments
        : project.resolve("connect/lake/schemas").resolve(name);
  }

  private static List<Path> list(Path folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }

  // ------------------------------------------------------------------------- blocks in text files

  private static String withBlocks(String text) {
    return BLOCK
        .matcher(text)
        .replaceAll(
            block ->
                Matcher.quoteReplacement(block.group(1) + block(block.group(2)) + block.group(3)));
  }

  private static String block(String what) {
    return switch (what) {
      case "constants" -> constants();
      case "names" -> names();
      case "types of merchants" -> types(Source.MERCHANT);
      case "table" -> table();
      default -> throw new IllegalArgumentException("No block is called: " + what);
    };
  }

  private static String constants() {
    return constant(
            "CARD_FIELDS",
            "Fields that come from the transaction and from the earlier ones of its card.",
            Source.CARD)
        + constant(
            "MERCHANT_FIELDS",
            "Fields that come from the merchant's transactions whose labels have had time to"
                + " arrive.",
            Source.MERCHANT)
        + constant(
            "PROFILE_FIELDS", "Fields that the transaction brings with it.", Source.TRANSACTION);
  }

  /** On as few lines as the formatter would put it. */
  private static String constant(String name, String comment, Source source) {
    List<String> texts = new ArrayList<>();
    from(source)
        .forEach(
            feature ->
                texts.add(
                    (texts.isEmpty() ? "\"`" : "\", `") + feature.lowerCaseName() + "` DOUBLE\""));
    String declared = "  public static final String " + name + " =";
    String inOneLine = "      " + String.join(" + ", texts) + ";";
    return "  /** "
        + comment
        + " */\n"
        + (declared.length() + inOneLine.strip().length() < COLUMNS
            ? declared + " " + inOneLine.strip()
            : inOneLine.length() <= COLUMNS
                ? declared + "\n" + inOneLine
                : declared + "\n      " + String.join("\n          + ", texts) + ";")
        + "\n\n";
  }

  private static String names() {
    return ALL.stream()
        .map(feature -> "          \"" + feature.lowerCaseName() + "\"")
        .collect(Collectors.joining(",\n", "", "\n"));
  }

  /** Fields of a type; others follow. */
  private static String types(Source source) {
    return from(source)
        .map(feature -> "  `" + feature.lowerCaseName() + "` DOUBLE,\n")
        .collect(Collectors.joining());
  }

  private static Stream<TransactionFeature> from(Source source) {
    return ALL.stream().filter(feature -> feature.source() == source);
  }

  private static String table() {
    return ALL.stream()
        .map(
            feature ->
                "| `%s` | %s | %s | %s |\n"
                    .formatted(
                        feature.lowerCaseName(),
                        feature.meaning(),
                        feature.unit(),
                        feature.nullRule()))
        .collect(
            Collectors.joining(
                "", "| feature | what it is | unit | NULL |\n|---|---|---|---|\n", ""));
  }

  // ------------------------------------------------------------------------------ schemas of sinks

  /** The schema with today's features in its field FEATURES, if it has one. */
  private static JsonNode withFeatures(JsonNode schema) {
    for (JsonNode field : schema.get("fields")) {
      if (field.get("field").asText().equals("FEATURES")) {
        ArrayNode features = ((ObjectNode) field).putArray("fields");
        for (TransactionFeature feature : ALL) {
          features
              .addObject()
              .put("field", feature.lowerCaseName())
              .put("type", "double")
              .put("optional", true);
        }
      }
    }
    return schema;
  }

  /** A schema for readers: a line for each field. */
  private static String printed(JsonNode schema, String indent) {
    List<String> parts = new ArrayList<>();
    schema
        .properties()
        .forEach(
            entry -> parts.add("\"" + entry.getKey() + "\": " + value(entry.getValue(), indent)));
    return parts.stream().collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(JsonNode value, String indent) {
    if (value.isArray()) {
      List<String> lines = new ArrayList<>();
      value.forEach(field -> lines.add(indent + "  " + printed(field, indent + "  ")));
      return lines.stream().collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
    }
    return value.isObject() ? printed(value, indent) : value.toString();
  }

  /** A sink with this schema, and with the names of its fields in lower case in the documents. */
  private static String withSchema(String sink, JsonNode schema) {
    List<String> renames = new ArrayList<>();
    for (JsonNode field : schema.get("fields")) {
      String name = field.get("field").asText();
      renames.add(name + ":" + name.toLowerCase(Locale.ROOT));
    }
    return withValue(
        withValue(sink, "value.converter.schema.content", schema.toString()),
        "transforms.names.renames",
        String.join(",", renames));
  }

  private static String withValue(String json, String key, String value) {
    Matcher line =
        Pattern.compile("(?m)^(  \"" + Pattern.quote(key) + "\": ).*?(,?)$").matcher(json);
    if (!line.find()) {
      throw new IllegalStateException("A sink has no line " + key + ": " + json);
    }
    return json.substring(0, line.start())
        + line.group(1)
        + JSON.getNodeFactory().textNode(value)
        + line.group(2)
        + json.substring(line.end());
  }
}
