package dev.flagstream.engine.statement.command;

import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Command;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.QueryControl;
import dev.flagstream.engine.ast.Statement.SourceKind;
import java.util.Locale;

/**
 * What a command is about and does, as clients ask for its status: {@code stream/`NAME`/create}.
 *
 * <p>Two commands may share an id; the status is then that of the later one.
 */
public record CommandId(String type, String entity, String action) {

  /** Names what the command is about and what it does to it, such as {@code stream/`S`/create}. */
  static CommandId of(Command statement) {
    return statement.acceptCommand(new Ids());
  }

  private static final class Ids
      implements Command.Visitor<CommandId>,
          Definition.Visitor<CommandId>,
          QueryControl.Visitor<CommandId> {

    @Override
    public CommandId visitDefinition(Definition statement) {
      return statement.acceptKind(this);
    }

    @Override
    public CommandId visitQueryControl(QueryControl statement) {
      return statement.acceptKind(this);
    }

    @Override
    public CommandId visitCreateSource(Statement.CreateSource create) {
      return create(create.kind(), create.name());
    }

    @Override
    public CommandId visitCreateAsSelect(Statement.CreateAsSelect create) {
      return create(create.kind(), create.name());
    }

    @Override
    public CommandId visitInsertInto(Statement.InsertInto insert) {
      return create(SourceKind.STREAM, insert.target());
    }

    private static CommandId create(SourceKind kind, String name) {
      return new CommandId(lower(kind.name()), quoted(name), "create");
    }

    @Override
    public CommandId visitAlterSource(Statement.AlterSource alter) {
      return new CommandId(lower(alter.kind().name()), quoted(alter.name()), "alter");
    }

    @Override
    public CommandId visitDropSource(Statement.DropSource drop) {
      return new CommandId(lower(drop.kind().name()), drop.name(), "drop");
    }

    @Override
    public CommandId visitCreateType(Statement.CreateType create) {
      return new CommandId("type", create.name(), "create");
    }

    @Override
    public CommandId visitDropType(Statement.DropType drop) {
      return new CommandId("type", drop.name(), "drop");
    }

    @Override
    public CommandId visitTerminate(Statement.Terminate statement) {
      return onQuery("terminate", statement);
    }

    @Override
    public CommandId visitPause(Statement.Pause statement) {
      return onQuery("pause", statement);
    }

    @Override
    public CommandId visitResume(Statement.Resume statement) {
      return onQuery("resume", statement);
    }

    private static CommandId onQuery(String verb, QueryControl statement) {
      return new CommandId(verb, statement.queryId().orElse("ALL"), "execute");
    }

    private static String quoted(String name) {
      return "`" + name + "`";
    }
  }

  /**
   * Reads {@link #toString}; the entity may contain slashes.
   *
   * @throws IllegalArgumentException if the text has fewer than two slashes
   */
  public static CommandId parse(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    if (first < 0 || first == last) {
      throw new IllegalArgumentException("No command id: " + text);
    }
    return new CommandId(
        text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return type + "/" + entity + "/" + action;
  }
}
