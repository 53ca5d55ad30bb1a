package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ConnectRequest;
import dev.flagstream.engine.ast.Statement.Unsupported;

/** What the statements that can be read but not carried out ask for. */
public final class UnsupportedStatements
    implements Unsupported.Visitor<UnsupportedFeature>, ConnectRequest.Visitor<UnsupportedFeature> {

  private UnsupportedStatements() {}

  /** The refusal of a statement, which names what this engine does not have. */
  public static UnsupportedFeatureException refusalOf(Unsupported statement) {
    return new UnsupportedFeatureException(statement.acceptKind(new UnsupportedStatements()));
  }

  /** The refusal of a statement for a Connect worker where there is no server that knows one. */
  public static UnsupportedFeatureException refusalOf(ConnectRequest statement) {
    return new UnsupportedFeatureException(statement.acceptKind(new UnsupportedStatements()));
  }

  @Override
  public UnsupportedFeature visitShowConnectors(Statement.ShowConnectors statement) {
    return switch (statement.scope()) {
      case ALL -> UnsupportedFeature.SHOW_CONNECTORS;
      case SOURCE -> UnsupportedFeature.SHOW_SOURCE_CONNECTORS;
      case SINK -> UnsupportedFeature.SHOW_SINK_CONNECTORS;
    };
  }

  @Override
  public UnsupportedFeature visitShowConnectorPlugins(Statement.ShowConnectorPlugins statement) {
    return UnsupportedFeature.SHOW_CONNECTOR_PLUGINS;
  }

  @Override
  public UnsupportedFeature visitDescribeConnector(Statement.DescribeConnector statement) {
    return UnsupportedFeature.DESCRIBE_CONNECTOR;
  }

  @Override
  public UnsupportedFeature visitCreateConnector(Statement.CreateConnector statement) {
    return UnsupportedFeature.CREATE_CONNECTOR;
  }

  @Override
  public UnsupportedFeature visitDropConnector(Statement.DropConnector statement) {
    return UnsupportedFeature.DROP_CONNECTOR;
  }

  @Override
  public UnsupportedFeature visitAlterSystem(Statement.AlterSystem statement) {
    return UnsupportedFeature.ALTER_SYSTEM;
  }

  @Override
  public UnsupportedFeature visitAssertSchema(Statement.AssertSchema statement) {
    return UnsupportedFeature.ASSERT_SCHEMA;
  }
}
