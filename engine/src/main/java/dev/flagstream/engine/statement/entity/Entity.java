package dev.flagstream.engine.statement.entity;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * What one statement of a request to {@code /ksql} is answered with.
 *
 * <p>The components of each record are the fields of its JSON object, in order; {@code @type} comes
 * first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type")
@JsonSubTypes({
  @JsonSubTypes.Type(Entity.CurrentStatus.class),
  @JsonSubTypes.Type(Entity.Warning.class),
  @JsonSubTypes.Type(Entity.Streams.class),
  @JsonSubTypes.Type(Entity.Tables.class),
  @JsonSubTypes.Type(Entity.Topics.class),
  @JsonSubTypes.Type(Entity.TopicsExtended.class),
  @JsonSubTypes.Type(Entity.Queries.class),
  @JsonSubTypes.Type(Entity.QueryDescriptions.class),
  @JsonSubTypes.Type(Entity.ExplainedQuery.class),
  @JsonSubTypes.Type(Entity.Functions.class),
  @JsonSubTypes.Type(Entity.DescribedFunction.class),
  @JsonSubTypes.Type(Entity.DescribedSource.class),
  @JsonSubTypes.Type(Entity.DescribedSources.class),
  @JsonSubTypes.Type(Entity.Properties.class),
  @JsonSubTypes.Type(Entity.Types.class),
  @JsonSubTypes.Type(Entity.Variables.class),
  @JsonSubTypes.Type(Entity.Connectors.class),
  @JsonSubTypes.Type(Entity.ConnectorPlugins.class),
  @JsonSubTypes.Type(Entity.DescribedConnector.class),
  @JsonSubTypes.Type(Entity.CreatedConnector.class),
  @JsonSubTypes.Type(Entity.DroppedConnector.class),
  @JsonSubTypes.Type(Entity.AssertedTopic.class),
  @JsonSubTypes.Type(Entity.TerminatedQuery.class)
})
public sealed interface Entity {

  /** The statement as echoed. */
  String statementText();

  /** How a command came out, or where it stands. */
  @JsonTypeName("currentStatus")
  record CurrentStatus(
      String statementText,
      String commandId,
      CommandStatus commandStatus,
      long commandSequenceNumber,
      List<Notice> warnings)
      implements Entity {}

  /** What to know of a statement that is carried out all the same. */
  record Notice(String message) {}

  /** The statement had nothing to do. */
  @JsonTypeName("warning_entity")
  record Warning(String statementText, String message, List<String> warnings) implements Entity {}

  @JsonTypeName("streams")
  record Streams(String statementText, List<SourceInfo> streams, List<String> warnings)
      implements Entity {}

  @JsonTypeName("tables")
  record Tables(String statementText, List<SourceInfo> tables, List<String> warnings)
      implements Entity {}

  /** One line of SHOW STREAMS or SHOW TABLES. */
  @JsonPropertyOrder({"type", "name", "topic", "keyFormat", "valueFormat", "isWindowed"})
  record SourceInfo(
      String type,
      String name,
      String topic,
      String keyFormat,
      String valueFormat,
      @JsonProperty("isWindowed") boolean windowed) {}

  @JsonTypeName("kafka_topics")
  record Topics(String statementText, List<TopicInfo> topics, List<String> warnings)
      implements Entity {}

  /** A topic and the number of replicas of each of its partitions. */
  record TopicInfo(String name, List<Integer> replicaInfo) {}

  @JsonTypeName("kafka_topics_extended")
  record TopicsExtended(String statementText, List<TopicUse> topics, List<String> warnings)
      implements Entity {}

  /** A topic and who reads it. */
  record TopicUse(
      String name, List<Integer> replicaInfo, int consumerCount, int consumerGroupCount) {}

  @JsonTypeName("queries")
  record Queries(String statementText, List<RunningQuery> queries, List<String> warnings)
      implements Entity {}

  /** One line of SHOW QUERIES. */
  record RunningQuery(
      String queryString,
      List<String> sinks,
      List<String> sinkKafkaTopics,
      String id,
      Map<String, Integer> statusCount,
      String queryType,
      String state) {}

  @JsonTypeName("query_descriptions")
  record QueryDescriptions(
      String statementText, List<QueryDescription> queryDescriptions, List<String> warnings)
      implements Entity {}

  @JsonTypeName("queryDescription")
  record ExplainedQuery(
      String statementText, QueryDescription queryDescription, List<String> warnings)
      implements Entity {}

  @JsonTypeName("function_names")
  record Functions(String statementText, List<FunctionName> functions, List<String> warnings)
      implements Entity {}

  /** One line of SHOW FUNCTIONS. */
  record FunctionName(String name, String type, String category) {}

  @JsonTypeName("describe_function")
  record DescribedFunction(
      String statementText,
      String name,
      String description,
      String author,
      String version,
      String path,
      List<FunctionVariant> functions,
      String type,
      List<String> warnings)
      implements Entity {}

  /** One signature of a function. */
  record FunctionVariant(
      List<FunctionArgument> arguments,
      String returnType,
      String description,
      List<String> argumentTypes) {}

  /** One parameter of a function. */
  @JsonPropertyOrder({"name", "type", "description", "isVariadic"})
  record FunctionArgument(
      String name, String type, String description, @JsonProperty("isVariadic") boolean variadic) {}

  @JsonTypeName("sourceDescription")
  record DescribedSource(
      String statementText, SourceDescription sourceDescription, List<String> warnings)
      implements Entity {}

  @JsonTypeName("source_descriptions")
  record DescribedSources(
      String statementText, List<SourceDescription> sourceDescriptions, List<String> warnings)
      implements Entity {}

  @JsonTypeName("properties")
  record Properties(
      String statementText,
      List<Property> properties,
      List<String> overwrittenProperties,
      List<String> defaultProperties,
      List<String> warnings)
      implements Entity {}

  /** One line of SHOW PROPERTIES. */
  record Property(String name, String scope, String value, boolean editable, String level) {}

  @JsonTypeName("type_list")
  record Types(String statementText, Map<String, TypeSchema> types, List<String> warnings)
      implements Entity {}

  @JsonTypeName("variables")
  record Variables(String statementText, List<Variable> variables, List<String> warnings)
      implements Entity {}

  record Variable(String name, String value) {}

  @JsonTypeName("connector_list")
  record Connectors(String statementText, List<Connector> connectors, List<String> warnings)
      implements Entity {}

  /** One line of SHOW CONNECTORS. */
  record Connector(String name, String type, String className, String state) {}

  @JsonTypeName("connector_plugins_list")
  record ConnectorPlugins(
      String statementText, List<ConnectorPlugin> connectorsPlugins, List<String> warnings)
      implements Entity {}

  /** One line of SHOW CONNECTOR PLUGINS. */
  record ConnectorPlugin(String className, String type, String version) {}

  /**
   * A connector.
   *
   * @param status as the Connect worker tells it
   * @param sources the streams and tables over its topics
   */
  @JsonTypeName("connector_description")
  record DescribedConnector(
      String statementText,
      String connectorClass,
      JsonNode status,
      List<SourceDescription> sources,
      List<String> topics,
      List<String> warnings)
      implements Entity {}

  /**
   * A connector that was created.
   *
   * @param info as the Connect worker tells it
   */
  @JsonTypeName("connector_info")
  record CreatedConnector(String statementText, JsonNode info, List<String> warnings)
      implements Entity {}

  @JsonTypeName("drop_connector")
  record DroppedConnector(String statementText, String connectorName, List<String> warnings)
      implements Entity {}

  /** A push query was ended by its id. */
  @JsonTypeName("terminate_query")
  record TerminatedQuery(
      String statementText, String queryId, boolean wasTerminated, List<String> warnings)
      implements Entity {}

  @JsonTypeName("assert_topic")
  record AssertedTopic(
      String statementText, String topicName, boolean exists, List<String> warnings)
      implements Entity {}
}
