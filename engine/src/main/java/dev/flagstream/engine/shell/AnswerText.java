package dev.flagstream.engine.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Turns the answers of {@code /ksql} into text for people. */
final class AnswerText {

  /** A statement is worth a column of a table if this much of it stands in a line. */
  private static final int MIN_WIDTH_OF_SQL = 60;

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
          case "terminate_query" -> "Query terminated.";
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
    StringBuilder text = new StringBuilder(queriesThatFit(queries));
    for (JsonNode query : queries) {
      if (query.path("state").asText().equals("ERROR")) {
        String id = query.path("id").asText();
        text.append("\n\n%s keeps failing. For the reason run: EXPLAIN %s;".formatted(id, id));
      }
    }
    return text.append("\n\nFor detailed information on a Query run: EXPLAIN <Query ID>;")
        .toString();
  }

  /**
   * A line for each query, so that all can be seen at once: where the screen is too narrow for all
   * columns it has fewer of them. What they tell, and the statement, EXPLAIN tells, too.
   */
  private String queriesThatFit(JsonNode queries) {
    QueryColumn id = new QueryColumn("Query ID", field("id"));
    QueryColumn type = new QueryColumn("Query Type", field("queryType"));
    QueryColumn status = new QueryColumn("Status", query -> statuses(query.path("statusCount")));
    QueryColumn sink = new QueryColumn("Sink Name", query -> joined(query.path("sinks")));
    QueryColumn topic =
        new QueryColumn("Sink Kafka Topic", query -> joined(query.path("sinkKafkaTopics")));
    List<QueryColumn> all = List.of(id, type, status, sink, topic);
    if (widthOf(all, queries) + MIN_WIDTH_OF_SQL <= width) {
      QueryColumn sql =
          new QueryColumn(
              "Query String",
              query -> query.path("queryString").asText().replaceAll("\\s*\n\\s*", " "));
      return queryTable(List.of(id, type, status, sink, topic, sql), queries);
    }
    return Stream.of(all, List.of(id, status, sink, topic), List.of(id, status, sink))
        .filter(columns -> widthOf(columns, queries) <= width)
        .findFirst()
        .map(columns -> queryTable(columns, queries))
        .orElseGet(() -> queryTable(List.of(id, status), queries));
  }

  private record QueryColumn(String title, Function<JsonNode, String> cell) {}

  private String queryTable(List<QueryColumn> columns, JsonNode queries) {
    return table(
        columns.stream().map(QueryColumn::title).toList(),
        queries,
        columns.stream().map(QueryColumn::cell).toList());
  }

  private static int widthOf(List<QueryColumn> columns, JsonNode queries) {
    return TextTable.widthOf(
        columns.stream().map(QueryColumn::title).toList(),
        stream(queries).stream()
            .map(query -> columns.stream().map(column -> column.cell().apply(query)).toList())
            .toList());
  }

  private static String statuses(JsonNode statusCount) {
    List<String> statuses = new ArrayList<>();
    statusCount
        .properties()
        .forEach(status -> statuses.add(status.getKey() + ":" + status.getValue().asText()));
    return String.join(",", statuses);
  }

  private static String lines(JsonNode texts) {
    return String.join("\n", stream(texts).stream().map(JsonNode::asText).toList());
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

  /** The same where the labels are longer. */
  private static void wideLine(StringBuilder text, String label, String value) {
    if (!value.isBlank()) {
      text.append("%-20s : %s%n".formatted(label, value));
    }
  }

  private String source(JsonNode source) {
    StringBuilder text = new StringBuilder();
    boolean extended = source.path("extended").asBoolean();
    String topic = source.path("topic").asText();
    wideLine(text, "Name", source.path("name").asText());
    if (extended) {
      String time = source.path("timestamp").asText();
      wideLine(text, "Type", kind(source));
      wideLine(text, "Timestamp field", time.isEmpty() ? "Not set - using <ROWTIME>" : time);
      wideLine(text, "Key format", source.path("keyFormat").asText());
      wideLine(text, "Value format", source.path("valueFormat").asText());
      wideLine(
          text,
          "Kafka topic",
          "%s (partitions: %s, replication: %s)"
              .formatted(
                  topic, source.path("partitions").asText(), source.path("replication").asText()));
      wideLine(text, "Statement", source.path("statement").asText());
    }
    text.append('\n').append(fields(source)).append('\n');
    if (!extended) {
      return text.append(
              "For runtime statistics and query details run: DESCRIBE <Stream,Table> EXTENDED;")
          .toString();
    }
    section(
        text,
        "Sources that have a DROP constraint on this source",
        lines(source.path("sourceConstraints")));
    queriesOf(text, "Queries that read from this " + kind(source), source.path("readQueries"));
    queriesOf(text, "Queries that write from this " + kind(source), source.path("writeQueries"));
    statistics(text, source);
    offsets(text, source.path("queryOffsetSummaries"));
    return text.toString().stripTrailing();
  }

  /** What each server of the cluster measured; of an older server its one text. */
  private void statistics(StringBuilder text, JsonNode source) {
    List<JsonNode> measured = new ArrayList<>(stream(source.path("clusterStatistics")));
    measured.addAll(stream(source.path("clusterErrorStats")));
    String title = measured.isEmpty() ? "Local runtime statistics" : "Runtime statistics by host";
    String body =
        measured.isEmpty()
            ? "%s%n%s"
                .formatted(source.path("statistics").asText(), source.path("errorStats").asText())
                .strip()
            : TextTable.of(
                List.of("Host", "Metric", "Value", "Last Message"),
                measured.stream().map(AnswerText::statistic).toList(),
                width);
    if (!body.isEmpty()) {
      section(text, title, body);
      text.append(
          "(Statistics of the local KSQL server interaction with the Kafka topic %s)%n"
              .formatted(source.path("topic").asText()));
    }
  }

  private static List<String> statistic(JsonNode statistic) {
    return List.of(
        statistic.path("host").asText(),
        statistic.path("name").asText(),
        new BigDecimal(statistic.path("value").asText())
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString(),
        Instant.ofEpochMilli(statistic.path("timestamp").asLong()).toString());
  }

  private static String kind(JsonNode source) {
    return source.path("type").asText();
  }

  private String fields(JsonNode source) {
    String windowed =
        source.path("windowType").isTextual()
            ? " (Window type: %s)".formatted(source.path("windowType").asText())
            : "";
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
    List<String> lines =
        stream(queries).stream()
            .map(
                query ->
                    "%s (%s) : %s"
                        .formatted(
                            query.path("id").asText(),
                            query.path("state").asText(),
                            query.path("queryString").asText().replaceAll("\\s*\n\\s*", " ")))
            .toList();
    section(text, title, String.join("\n", lines));
    if (!lines.isEmpty()) {
      text.append("\nFor query topology and execution plan please run: EXPLAIN <QueryId>\n");
    }
  }

  private void offsets(StringBuilder text, JsonNode groups) {
    if (!groups.isEmpty()) {
      text.append("\nConsumer Groups summary:\n");
    }
    for (JsonNode group : groups) {
      text.append('\n');
      wideLine(text, "Consumer Group", group.path("groupId").asText());
      if (group.path("topicSummaries").isEmpty()) {
        text.append("<no offsets committed by this group yet>\n");
      }
      for (JsonNode topic : group.path("topicSummaries")) {
        long maxLag =
            stream(topic.path("offsets")).stream().mapToLong(AnswerText::lag).max().orElse(0);
        text.append('\n');
        wideLine(text, "Kafka topic", topic.path("kafkaTopic").asText());
        wideLine(text, "Max lag", Long.toString(maxLag));
        text.append('\n')
            .append(
                table(
                    List.of("Partition", "Start Offset", "End Offset", "Offset", "Lag"),
                    topic.path("offsets"),
                    List.of(
                        field("partition"),
                        field("logStartOffset"),
                        field("logEndOffset"),
                        field("consumerOffset"),
                        offsets -> Long.toString(lag(offsets)))))
            .append('\n');
      }
    }
  }

  private static long lag(JsonNode offsets) {
    return offsets.path("logEndOffset").asLong() - offsets.path("consumerOffset").asLong();
  }

  private String query(JsonNode query) {
    StringBuilder text = new StringBuilder();
    wideLine(text, "ID", query.path("id").asText());
    wideLine(text, "Query Type", query.path("queryType").asText());
    wideLine(text, "SQL", query.path("statementText").asText());
    List<String> hosts = new ArrayList<>();
    query
        .path("ksqlHostQueryStatus")
        .properties()
        .forEach(host -> hosts.add(host.getKey() + "=" + host.getValue().asText()));
    wideLine(
        text, "Host Query Status", hosts.isEmpty() ? "" : "{" + String.join(", ", hosts) + "}");
    text.append('\n').append(fields(query)).append('\n');
    named(text, "Sources that this query reads from:", query.path("sources"), "source");
    named(text, "Sinks that this query writes to:", query.path("sinks"), "sink");
    section(text, "Execution plan", query.path("executionPlan").asText());
    section(text, "Processing topology", query.path("topology").asText());
    JsonNode overridden = query.path("overriddenProperties");
    if (!overridden.isEmpty()) {
      section(text, "Overridden Properties", pairs(overridden));
    }
    failures(text, query.path("queryErrors"));
    return text.toString().stripTrailing();
  }

  private static void named(StringBuilder text, String title, JsonNode names, String kind) {
    section(text, title, lines(names));
    if (!names.isEmpty()) {
      text.append(
          "\nFor %s description please run: DESCRIBE [EXTENDED] <%sId>\n"
              .formatted(kind, kind.equals("sink") ? "Sink" : "Source"));
    }
  }

  /** At the end, where they are seen at once. */
  private static void failures(StringBuilder text, JsonNode errors) {
    for (JsonNode error : errors) {
      text.append('\n');
      wideLine(
          text, "Error Date", Instant.ofEpochMilli(error.path("timestamp").asLong()).toString());
      wideLine(text, "Error Details", error.path("errorMessage").asText());
      wideLine(text, "Error Type", error.path("type").asText());
    }
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
