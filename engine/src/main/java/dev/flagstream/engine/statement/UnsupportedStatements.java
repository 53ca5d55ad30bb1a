package dev.flagstream.engine.statement;

import dev.flagstream.engine.UnsupportedFeature;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Show;
import java.util.Map;
import java.util.Optional;

/** The statements that can be read but not carried out. */
public final class UnsupportedStatements {

  private static final Map<Class<? extends Statement>, UnsupportedFeature> BY_STATEMENT =
      Map.of(
          Statement.DescribeConnector.class, UnsupportedFeature.DESCRIBE_CONNECTOR,
          Statement.CreateConnector.class, UnsupportedFeature.CREATE_CONNECTOR,
          Statement.DropConnector.class, UnsupportedFeature.DROP_CONNECTOR,
          Statement.AlterSystem.class, UnsupportedFeature.ALTER_SYSTEM,
          Statement.AssertSchema.class, UnsupportedFeature.ASSERT_SCHEMA);

  private UnsupportedStatements() {}

  /** What a statement asks for, if this engine does not have it. */
  public static Optional<UnsupportedFeature> feature(Statement statement) {
    if (statement instanceof Show show) {
      return switch (show.kind()) {
        case CONNECTORS -> Optional.of(UnsupportedFeature.SHOW_CONNECTORS);
        case CONNECTOR_PLUGINS -> Optional.of(UnsupportedFeature.SHOW_CONNECTOR_PLUGINS);
        default -> Optional.empty();
      };
    }
    return Optional.ofNullable(BY_STATEMENT.get(statement.getClass()));
  }
}
