package dev.flagstream.engine.conformance.cases;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.type.SqlType;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The functions of a catalogue, noting whether one that is not built in was asked for. */
final class ExtensionUse implements FunctionCatalog {

  private final FunctionCatalog functions;
  private final Set<String> extensions;
  private boolean used;

  /** Over the functions of a catalogue, of which these names are no built-in ones. */
  ExtensionUse(FunctionCatalog functions, Set<String> extensions) {
    this.functions = functions;
    this.extensions = extensions;
  }

  /** The names in the first catalogue that the second, of built-in functions, does not have. */
  static Set<String> extensions(FunctionCatalog functions, FunctionCatalog builtIn) {
    Set<String> names = new HashSet<>();
    functions.descriptions().forEach(function -> names.add(function.name()));
    builtIn.descriptions().forEach(function -> names.remove(function.name()));
    return names;
  }

  /** Whether a function that is not built in was asked for. */
  boolean used() {
    return used;
  }

  @Override
  public Optional<Kind> kindOf(String name) {
    used |= extensions.contains(name.toUpperCase(Locale.ROOT));
    return functions.kindOf(name);
  }

  @Override
  public List<List<SqlType>> lambdaParameters(String name, List<Argument> arguments) {
    return functions.lambdaParameters(name, arguments);
  }

  @Override
  public ScalarFunction scalar(String name, List<Argument> arguments) {
    return functions.scalar(name, arguments);
  }

  @Override
  public AggregateFunction aggregate(String name, List<Argument> arguments) {
    return functions.aggregate(name, arguments);
  }

  @Override
  public TableFunction table(String name, List<Argument> arguments) {
    return functions.table(name, arguments);
  }

  @Override
  public List<FunctionDescription> descriptions() {
    return functions.descriptions();
  }
}
