package dev.flagstream.engine.function;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import java.util.Collection;

/** A call of a function that does not exist. */
public final class UnknownFunctionException extends SqlException {

  private static final long serialVersionUID = 1;

  private final String functionName;

  /**
   * Refuses a call.
   *
   * @param known the names there are, of which one may have been meant
   */
  public UnknownFunctionException(String functionName, Collection<String> known) {
    super(
        "Can't find any functions with the name '"
            + functionName
            + "'"
            + NearMiss.hint(NearMiss.of(functionName, known)));
    this.functionName = functionName;
  }

  /** Refuses a call of a function that a catalogue does not have. */
  public UnknownFunctionException(String functionName, FunctionCatalog functions) {
    this(functionName, functions.descriptions().stream().map(FunctionDescription::name).toList());
  }

  /** The name that was called. */
  public String functionName() {
    return functionName;
  }
}
