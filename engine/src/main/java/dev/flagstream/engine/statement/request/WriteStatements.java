package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Command;
import dev.flagstream.engine.ast.Statement.ConnectRequest;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.ast.Statement.Question;
import dev.flagstream.engine.ast.Statement.RowsRequest;
import dev.flagstream.engine.ast.Statement.SessionChange;
import dev.flagstream.engine.ast.Statement.Unsupported;

/** Tells statements that change something for others from those that only ask. */
public final class WriteStatements
    implements Statement.Visitor<Boolean, RuntimeException>, ConnectRequest.Visitor<Boolean> {

  private WriteStatements() {}

  /** Whether a statement takes more than the right to read. */
  public static boolean isOne(Statement statement) {
    return statement.accept(new WriteStatements());
  }

  @Override
  public Boolean visitCommand(Command statement) {
    return true;
  }

  @Override
  public Boolean visitSessionChange(SessionChange statement) {
    return false;
  }

  @Override
  public Boolean visitInsertValues(InsertValues statement) {
    return true;
  }

  @Override
  public Boolean visitQuestion(Question statement) {
    return false;
  }

  @Override
  public Boolean visitRowsRequest(RowsRequest statement) {
    return false;
  }

  @Override
  public Boolean visitConnectRequest(ConnectRequest statement) {
    return statement.acceptKind(this);
  }

  @Override
  public Boolean visitUnsupported(Unsupported statement) {
    return false; // It is refused in any case, by its name.
  }

  @Override
  public Boolean visitShowConnectors(Statement.ShowConnectors statement) {
    return false;
  }

  @Override
  public Boolean visitShowConnectorPlugins(Statement.ShowConnectorPlugins statement) {
    return false;
  }

  @Override
  public Boolean visitDescribeConnector(Statement.DescribeConnector statement) {
    return false;
  }

  @Override
  public Boolean visitCreateConnector(Statement.CreateConnector statement) {
    return true;
  }

  @Override
  public Boolean visitDropConnector(Statement.DropConnector statement) {
    return true;
  }
}
