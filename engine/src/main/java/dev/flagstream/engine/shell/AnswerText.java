package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Turns the answers of {@code /ksql} into text for people. */
final class AnswerText {

  /** From this width on, a statement fits into the last column of a table. */
  private static final int WIDTH_FOR_SQL = 200;

  private final int width;

  AnswerText(int screenWidth) {
    this.width = screenWidth;
  }

  /** The text of an answer; of a kind the shell does not know, its JSON. */
  String of(JsonNode answer) {
    String text =
        switch (answer.path("@type").asText()) {
          case "currentStatus" -> answer.path("commandStatus").path("message").asText();
          case "warning_entity" -> answer.path("message").asText();
          case "streams" -> sources("Stream Name", answer.path("streams"));
          case "tables" -> sources("Table Name", answer.path("tables"));
          case "kafka_topics" -> topics(answer.path("topics"));
          case "kafka_topics_extended" -> topicsExtended(answer.path("topics"));
          case "queries" -> queries(answer.path("queries"));
          case "query_descriptions" -> each(answer.path("queryDescriptions"), this::query);
          case "queryDescription" -> query(answer.path("queryDescription"));
          case "function_names" -> functions(answer.path("functions"));
          case "describe_function" -> function(answer);
          case "sourceDescription" -> source(answer.path("sourceDescription"));
          case "source_descriptions" -> each(answer.path("sourceDescriptions"), this::source);
          case "properties" -> properties(answer);
          case "type_list" -> types(answer.path("types"));
          case "variables" -> variables(answer.path("variables"));
          case "connector_list" -> connectors(answer.path("connectors"));
          case "connector_plugins_list" -> connectorPlugins(answer.path("connectorsPlugins"));
          case "connector_description" -> connector(answer);
          case "connector_info" -> "Created connector " + answer.path("info").path("name").asText();
          case "drop_connector" ->
              "Dropped connector \"" + answer.path("connectorName").asText() + "\"";
          case "assert_topic" ->
              "Topic %s %s"
                  .formatted(
                      answer.path("topicName").asText(),
                      answer.path("exists").asBoolean() ? "exists" : "does not exist");
          default -> answer.toPrettyString();
        };
    return text + warnings(answer.path("warnings"));
  }

  private static String warnings(JsonNode warnings) {
    StringBuilder text = new StringBuilder();
    warnings.forEach(
        warning ->
            text.append("\nWarning: ")
                .append(warning.isTextual() ? warning.asText() : warning.path("message").asText()));
    return text.toString();
  }

  private String each(JsonNode nodes, Function<JsonNode, String> toText) {
    return String.join("\n\n", stream(nodes).stream().map(toText).toList());
  }

  private String table(
      List<String> header, JsonNode nodes, List<Function<JsonNode, String>> cells) {
    List<List<String>> rows =
        stream(nodes).stream()
            .map(node -> cells.stream().map(cell -> cell.apply(node)).toList())
            .sorted((left, right) -> left.get(0).compareTo(right.get(0)))
            .toList();
    return rows.isEmpty() ? "None." : TextTable.of(header, rows, width);
  }

  private static List<JsonNode> stream(JsonNode nodes) {
    return StreamSupport.stream(nodes.spliterator(), false).toList();
  }

  private static Function<JsonNode, String> field(String name) {
    return node -> node.path(name).asText("");
  }

  private String sources(String title, JsonNode sources) {
    return table(
        List.of(title, "Kafka Topic", "Key Format", "Value Format", "Windowed"),
        sources,
        List.of(
            field("name"),
            field("topic"),
            field("keyFormat"),
            field("valueFormat"),
            field("isWindowed")));
  }

  private String topics(JsonNode topics) {
    return table(
        List.of("Kafka Topic", "Partitions", "Partition Replicas"),
        topics,
        List.of(field("name"), AnswerText::partitions, AnswerText::replicas));
  }

  private String topicsExtended(JsonNode topics) {
    return table(
        List.of("Kafka Topic", "Partitions", "Partition Replicas", "Consumers", "ConsumerGroups"),
        topics,
        List.of(
            field("name"),
            AnswerText::partitions,
            AnswerText::replicas,
            field("consumerCount"),
            field("consumerGroupCount")));
  }

  private static String partitions(JsonNode topic) {
    return String.valueOf(topic.path("replicaInfo").size());
  }

  private static String replicas(JsonNode topic) {
    List<String> perPartition =
        stream(topic.path("replicaInfo")).stream().map(JsonNode::asText).toList();
    return perPartition.stream().distinct().count() == 1
        ? perPartition.get(0)
        : String.join(", ", perPartition);
  }

  private String queries(JsonNode queries) {
    if (queries.isEmpty()) {
      return "None.";
    }
    StringBuilder text =
        new StringBuilder(
            width >= WIDTH_FOR_SQL ? queriesInOneTable(queries) : queriesBelowATable(queries));
    for (JsonNode query : queries) {
      if (query.path("state").asText().equals("ERROR")) {
        String id = query.path("id").asText();
        text.append("\n\n%s keeps failing. For the reason run: EXPLAIN %s;".formatted(id, id));
      }
    }
    return text.append("\n\nFor all about a query run: EXPLAIN <Query ID>;").toString();
  }

  /**
   * Where a column would be too narrow to read SQL in, the statements come below, in the lines that
   * the server gave them: broken anywhere else they could not be copied.
   */
  private String queriesBelowATable(JsonNode queries) {
    StringBuilder text =
        new StringBuilder(
            table(
                List.of("Query ID", "Query Type", "Status", "Sink Name", "Sink Kafka Topic"),
                queries,
                List.of(
                    field("id"),
                    field("queryType"),
                    query -> statuses(query.path("statusCount")),
                    query -> joined(query.path("sinks")),
                    query -> joined(query.path("sinkKafkaTopics")))));
    stream(queries).stream()
        .sorted(Comparator.comparing(field("id")))
        .forEach(
            query ->
                text.append("\n\n")
                    .append(query.path("id").asText())
                    .append(":\n")
                    .append(query.path("queryString").asText().strip().indent(2).stripTrailing()));
    return text.toString();
  }

  private String queriesInOneTable(JsonNode queries) {
    return table(
        List.of(
            "Query ID", "Query Type", "Status", "Sink Name", "Sink Kafka Topic", "Query String"),
        queries,
        List.of(
            field("id"),
            field("queryType"),
            query -> statuses(query.path("statusCount")),
            query -> joined(query.path("sinks")),
            query -> joined(query.path("sinkKafkaTopics")),
            query -> query.path("queryString").asText().replaceAll("\\s*\n\\s*", " ")));
  }

  private static String statuses(JsonNode statusCount) {
    List<String> statuses = new ArrayList<>();
    statusCount
        .properties()
        .forEach(status -> statuses.add(status.getKey() + ":" + status.getValue().asText()));
    return String.join(",", statuses);
  }

  private static String joined(JsonNode texts) {
    return String.join(",", stream(texts).stream().map(JsonNode::asText).toList());
  }

  private String functions(JsonNode functions) {
    return table(
        List.of("Function Name", "Type", "Category"),
        functions,
        List.of(field("name"), field("type"), field("category")));
  }

  private String function(JsonNode function) {
    StringBuilder text = new StringBuilder();
    line(text, "Name", function.path("name").asText());
    line(text, "Author", function.path("author").asText());
    line(text, "Version", function.path("version").asText());
    line(text, "Overview", function.path("description").asText());
    line(text, "Type", function.path("type").asText());
    line(text, "Jar", function.path("path").asText());
    text.append("Variations:\n");
    for (JsonNode variant : function.path("functions")) {
      text.append("\n  ").append(signature(function.path("name").asText(), variant)).append('\n');
      line(text, "    Returns", variant.path("returnType").asText());
      line(text, "    Description", variant.path("description").asText());
      for (JsonNode argument : variant.path("arguments")) {
        line(text, "    " + argument.path("name").asText(), argument.path("description").asText());
      }
    }
    return text.toString().stripTrailing();
  }

  private static String signature(String name, JsonNode variant) {
    List<String> arguments =
        stream(variant.path("arguments")).stream()
            .map(
                argument ->
                    argument.path("name").asText()
                        + " "
                        + argument.path("type").asText()
                        + (argument.path("isVariadic").asBoolean() ? "[]" : ""))
            .toList();
    return name + "(" + String.join(", ", arguments) + ")";
  }

  /** A line, unless there is nothing to tell. */
  private static void line(StringBuilder text, String label, String value) {
    if (!value.isBlank()) {
      text.append("%-12s: %s%n".formatted(label, value));
    }
  }

  private String source(JsonNode source) {
    StringBuilder text = new StringBuilder();
    boolean extended = source.path("extended").asBoolean();
    line(text, "Name", source.path("name").asText());
    if (extended) {
      line(text, "Type", source.path("type").asText());
      line(text, "Event time", source.path("timestamp").asText());
      line(text, "Key format", source.path("keyFormat").asText());
      line(text, "Value format", source.path("valueFormat").asText());
      line(
          text,
          "Kafka topic",
          "%s (partitions: %s, replication: %s)"
              .formatted(
                  source.path("topic").asText(),
                  source.path("partitions").asText(),
                  source.path("replication").asText()));
      line(text, "Statement", source.path("statement").asText());
    }
    text.append('\n').append(fields(source)).append('\n');
    if (extended) {
      queriesOf(text, "Queries that read from this " + kind(source), source.path("readQueries"));
      queriesOf(text, "Queries that write into this " + kind(source), source.path("writeQueries"));
      offsets(text, source.path("queryOffsetSummaries"));
    } else {
      text.append(
          "For runtime statistics and query details run: DESCRIBE <Stream,Table> EXTENDED;");
    }
    return text.toString().stripTrailing();
  }

  private static String kind(JsonNode source) {
    return source.path("type").asText();
  }

  private String fields(JsonNode source) {
    String windowed = source.path("windowType").isTextual() ? " (windowed)" : "";
    boolean table = kind(source).equals("TABLE");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode field : source.path("fields")) {
      String part =
          switch (field.path("type").asText("")) {
            case "KEY" -> (table ? "(primary key)" : "(key)") + windowed;
            case "HEADER" -> "(header)";
            default -> "";
          };
      rows.add(
          List.of(field.path("name").asText(), (type(field.path("schema")) + " " + part).strip()));
    }
    return TextTable.of(List.of("Field", "Type"), rows, width);
  }

  private static String type(JsonNode schema) {
    String base = schema.path("type").asText();
    return switch (base) {
      case "STRING" -> "VARCHAR(STRING)";
      case "ARRAY" -> "ARRAY<" + type(schema.path("memberSchema")) + ">";
      case "MAP" -> "MAP<STRING, " + type(schema.path("memberSchema")) + ">";
      case "STRUCT" ->
          "STRUCT<"
              + String.join(
                  ", ",
                  stream(schema.path("fields")).stream()
                      .map(f -> f.path("name").asText() + " " + type(f.path("schema")))
                      .toList())
              + ">";
      case "DECIMAL" ->
          "DECIMAL(%s, %s)"
              .formatted(
                  schema.path("parameters").path("precision").asText(),
                  schema.path("parameters").path("scale").asText());
      default -> base;
    };
  }

  private static void queriesOf(StringBuilder text, String title, JsonNode queries) {
    if (!queries.isEmpty()) {
      text.append('\n').append(title).append('\n').append("-".repeat(title.length())).append('\n');
      for (JsonNode query : queries) {
        text.append(query.path("id").asText())
            .append(" (")
            .append(query.path("state").asText())
            .append(") : ")
            .append(query.path("queryString").asText().replaceAll("\\s*\n\\s*", " "))
            .append('\n');
      }
    }
  }

  private void offsets(StringBuilder text, JsonNode groups) {
    for (JsonNode group : groups) {
      for (JsonNode topic : group.path("topicSummaries")) {
        text.append("\nConsumer group ")
            .append(group.path("groupId").asText())
            .append(" in topic ")
            .append(topic.path("kafkaTopic").asText())
            .append('\n')
            .append(
                table(
                    List.of("Partition", "Start", "End", "Offset", "Lag"),
                    topic.path("offsets"),
                    List.of(
                        field("partition"),
                        field("logStartOffset"),
                        field("logEndOffset"),
                        field("consumerOffset"),
                        offsets ->
                            String.valueOf(
                                offsets.path("logEndOffset").asLong()
                                    - offsets.path("consumerOffset").asLong()))))
            .append('\n');
      }
    }
  }

  private String query(JsonNode query) {
    StringBuilder text = new StringBuilder();
    line(text, "ID", query.path("id").asText());
    line(text, "Query Type", query.path("queryType").asText());
    line(text, "State", query.path("state").asText(""));
    line(text, "SQL", query.path("statementText").asText());
    line(text, "Sources", joined(query.path("sources")));
    line(text, "Sinks", joined(query.path("sinks")));
    text.append('\n').append(fields(query)).append('\n');
    section(text, "Latest failures", failures(query.path("queryErrors")));
    section(text, "Execution plan", query.path("executionPlan").asText());
    section(text, "Processing topology", query.path("topology").asText());
    JsonNode overridden = query.path("overriddenProperties");
    if (!overridden.isEmpty()) {
      section(text, "Overridden properties", pairs(overridden));
    }
    return text.toString().stripTrailing();
  }

  private static String failures(JsonNode errors) {
    return String.join(
        "\n",
        stream(errors).stream()
            .map(
                error ->
                    Instant.ofEpochMilli(error.path("timestamp").asLong())
                        + ": "
                        + error.path("errorMessage").asText())
            .toList());
  }

  private static void section(StringBuilder text, String title, String body) {
    if (!body.isBlank()) {
      text.append('\n').append(title).append('\n').append("-".repeat(title.length())).append('\n');
      text.append(body.stripTrailing()).append('\n');
    }
  }

  private String pairs(JsonNode object) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> pair : object.properties()) {
      rows.add(List.of(pair.getKey(), pair.getValue().asText()));
    }
    return TextTable.of(List.of("Property", "Value"), rows, width);
  }

  private String properties(JsonNode answer) {
    List<String> defaults =
        stream(answer.path("defaultProperties")).stream().map(JsonNode::asText).toList();
    List<String> overwritten =
        stream(answer.path("overwrittenProperties")).stream().map(JsonNode::asText).toList();
    return table(
        List.of("Property", "Scope", "Set by", "Value"),
        answer.path("properties"),
        List.of(
            field("name"),
            field("scope"),
            property -> {
              String name = property.path("name").asText();
              return overwritten.contains(name)
                  ? "SESSION"
                  : defaults.contains(name) ? "" : "SERVER";
            },
            field("value")));
  }

  private String types(JsonNode types) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> type : types.properties()) {
      rows.add(List.of(type.getKey(), type(type.getValue())));
    }
    return rows.isEmpty() ? "None." : TextTable.of(List.of("Type Name", "Schema"), rows, width);
  }

  private String variables(JsonNode variables) {
    return table(
        List.of("Variable Name", "Value"), variables, List.of(field("name"), field("value")));
  }

  private String connectors(JsonNode connectors) {
    return table(
        List.of("Connector Name", "Type", "Class", "Status"),
        connectors,
        List.of(field("name"), field("type"), field("className"), field("state")));
  }

  private String connectorPlugins(JsonNode plugins) {
    return table(
        List.of("Class", "Type", "Version"),
        plugins,
        List.of(field("className"), field("type"), field("version")));
  }

  private String connector(JsonNode answer) {
    JsonNode status = answer.path("status");
    return "Name                 : "
        + status.path("name").asText()
        + "\nClass                : "
        + answer.path("connectorClass").asText()
        + "\nType                 : "
        + status.path("type").asText()
        + "\nState                : "
        + status.path("connector").path("state").asText()
        + "\nWorkerId             : "
        + status.path("connector").path("worker_id").asText()
        + "\n\n"
        + table(
            List.of("Task ID", "State", "Error Trace"),
            status.path("tasks"),
            List.of(field("id"), field("state"), field("trace")));
  }
}
