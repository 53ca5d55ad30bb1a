package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement.AssertTopic;
import dev.flagstream.engine.ast.Statement.Describe;
import dev.flagstream.engine.ast.Statement.DescribeAll;
import dev.flagstream.engine.ast.Statement.DescribeFunction;
import dev.flagstream.engine.ast.Statement.Explain;
import dev.flagstream.engine.ast.Statement.Question;
import dev.flagstream.engine.ast.Statement.Show;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.entity.Entity.SourceInfo;
import dev.flagstream.engine.statement.entity.TypeSchema;
import dev.flagstream.engine.statement.request.ClientSession;
import dev.flagstream.engine.statement.state.EngineState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers the statements that only look: SHOW, DESCRIBE, EXPLAIN, ASSERT. Thread-safe. */
public final class Inspector {

  private static final List<String> NO_WARNINGS = List.of();

  private final EngineState state;
  private final TopicListing topics;
  private final FunctionListing functions;
  private final PropertyListing properties;
  private final Descriptions descriptions;
  private final TopicAssertion assertion;

  public Inspector(
      EngineState state,
      TopicListing topics,
      FunctionListing functions,
      PropertyListing properties,
      Descriptions descriptions,
      TopicAssertion assertion) {
    this.state = state;
    this.topics = topics;
    this.functions = functions;
    this.properties = properties;
    this.descriptions = descriptions;
    this.assertion = assertion;
  }

  /**
   * Checks that a statement can be answered, against a state as it may become.
   *
   * @throws RuntimeException as {@link #answer} would
   */
  public void check(Question statement, EngineState against) {
    if (statement instanceof Describe describe) {
      require(against, describe.name());
    }
  }

  /**
   * The answer to a statement.
   *
   * @param text the statement as written
   */
  public Entity answer(Question statement, String text, ClientSession session)
      throws InterruptedException {
    return statement.acceptKind(new Answer(text, session));
  }

  private final class Answer implements Question.Visitor<Entity, InterruptedException> {

    private final String text;
    private final ClientSession session;

    Answer(String text, ClientSession session) {
      this.text = text;
      this.session = session;
    }

    @Override
    public Entity visitShow(Show show) {
      return show(text, show, session);
    }

    @Override
    public Entity visitDescribe(Describe describe) {
      Source source = require(state, describe.name());
      return new Entity.DescribedSource(
          text, descriptions.describe(source, describe.extended()), NO_WARNINGS);
    }

    @Override
    public Entity visitDescribeAll(DescribeAll describe) {
      return describeAll(text, describe.kind(), describe.extended());
    }

    @Override
    public Entity visitDescribeFunction(DescribeFunction describe) {
      return functions.describe(text, describe.name());
    }

    @Override
    public Entity visitExplain(Explain explain) {
      return new Entity.ExplainedQuery(
          text, descriptions.explain(explain, text, session.properties()), NO_WARNINGS);
    }

    @Override
    public Entity visitAssertTopic(AssertTopic assertTopic) throws InterruptedException {
      return assertion.answer(text, assertTopic);
    }
  }

  private Entity show(String text, Show show, ClientSession session) {
    return switch (show.kind()) {
      case STREAMS ->
          show.extended()
              ? describeAll(text, SourceKind.STREAM, true)
              : new Entity.Streams(text, sources(SourceKind.STREAM), NO_WARNINGS);
      case TABLES ->
          show.extended()
              ? describeAll(text, SourceKind.TABLE, true)
              : new Entity.Tables(text, sources(SourceKind.TABLE), NO_WARNINGS);
      case TOPICS -> topics.answer(text, false, show.extended());
      case ALL_TOPICS -> topics.answer(text, true, show.extended());
      case QUERIES ->
          show.extended()
              ? new Entity.QueryDescriptions(text, descriptions.allQueries(), NO_WARNINGS)
              : new Entity.Queries(text, descriptions.runningQueries(), NO_WARNINGS);
      case FUNCTIONS -> functions.list(text);
      case PROPERTIES -> properties.answer(text, session);
      case TYPES -> new Entity.Types(text, types(), NO_WARNINGS);
      case VARIABLES -> new Entity.Variables(text, variables(session), NO_WARNINGS);
    };
  }

  private List<SourceInfo> sources(SourceKind kind) {
    return state.catalog().sources().stream()
        .filter(source -> source.kind() == kind)
        .map(
            source ->
                new SourceInfo(
                    kind.name(),
                    source.name(),
                    source.topic(),
                    source.keyFormat().kind().name(),
                    source.valueFormat().kind().name(),
                    source.window().isPresent()))
        .toList();
  }

  private Entity describeAll(String text, SourceKind kind, boolean extended) {
    return new Entity.DescribedSources(
        text,
        state.catalog().sources().stream()
            .filter(source -> source.kind() == kind)
            .map(source -> descriptions.describe(source, extended))
            .toList(),
        NO_WARNINGS);
  }

  private static Source require(EngineState state, String name) {
    return state
        .catalog()
        .source(name)
        .orElseThrow(
            () ->
                new SqlException(
                    "Could not find STREAM/TABLE '%s' in the Metastore".formatted(name)));
  }

  private Map<String, TypeSchema> types() {
    Map<String, TypeSchema> types = new LinkedHashMap<>();
    state.catalog().types().forEach((name, type) -> types.put(name, TypeSchema.of(type)));
    return types;
  }

  private static List<Entity.Variable> variables(ClientSession session) {
    return session.variables().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(variable -> new Entity.Variable(variable.getKey(), variable.getValue()))
        .toList();
  }
}
