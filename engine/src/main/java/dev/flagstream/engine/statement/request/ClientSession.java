package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.ast.Statement.Define;
import dev.flagstream.engine.ast.Statement.SessionChange;
import dev.flagstream.engine.ast.Statement.SetProperty;
import dev.flagstream.engine.ast.Statement.Undefine;
import dev.flagstream.engine.ast.Statement.UnsetProperty;
import dev.flagstream.engine.statement.config.PropertyRules;
import java.util.LinkedHashMap;
import java.util.Map;

/** The properties and variables that hold for the statements of one request; one thread's own. */
public final class ClientSession implements SessionChange.Visitor<Void> {

  private final PropertyRules rules;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final Map<String, String> variables = new LinkedHashMap<>();

  public ClientSession(PropertyRules rules, StatementRequest request) {
    this.rules = rules;
    request.properties().forEach((name, value) -> properties.put(name, value.toString()));
    variables.putAll(request.variables());
  }

  /** A session that changes independently of this one. */
  public ClientSession copy() {
    ClientSession copy = new ClientSession(rules, StatementRequest.of(""));
    copy.properties.putAll(properties);
    copy.variables.putAll(variables);
    return copy;
  }

  /** The overrides of properties as given. */
  public Map<String, String> properties() {
    return new LinkedHashMap<>(properties);
  }

  /** What {@code ${name}} stands for. */
  public Map<String, String> variables() {
    return new LinkedHashMap<>(variables);
  }

  /**
   * Checks every override.
   *
   * @throws IllegalArgumentException naming the first that is not allowed
   */
  public void checkProperties() {
    rules.checkNotDenied(properties.keySet());
    properties.forEach(rules::check);
  }

  /**
   * Makes a change hold for the statements after it.
   *
   * @throws IllegalArgumentException if a property may not be set
   */
  public void apply(SessionChange change) {
    change.acceptKind(this);
  }

  @Override
  public Void visitSetProperty(SetProperty set) {
    rules.check(set.name(), set.value());
    properties.put(set.name(), set.value());
    return null;
  }

  @Override
  public Void visitUnsetProperty(UnsetProperty unset) {
    properties.remove(unset.name());
    return null;
  }

  @Override
  public Void visitDefine(Define define) {
    variables.put(define.variable(), define.value());
    return null;
  }

  @Override
  public Void visitUndefine(Undefine undefine) {
    variables.remove(undefine.variable());
    return null;
  }
}
