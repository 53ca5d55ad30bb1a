package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.function.signature.Bindings;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.function.signature.VariantResolver.Resolved;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The functions a {@link FunctionLoader} found. Immutable, hence thread-safe, once it is done. */
final class LoadedFunctions implements FunctionCatalog {

  private final FunctionFamily<ScalarVariant> scalars = new FunctionFamily<>(Kind.SCALAR);
  private final FunctionFamily<AggregateVariant> aggregates = new FunctionFamily<>(Kind.AGGREGATE);
  private final FunctionFamily<TableVariant> tables = new FunctionFamily<>(Kind.TABLE);

  void add(Description description, ScalarVariant variant) {
    requireKind(description, Kind.SCALAR);
    scalars.add(description, variant);
  }

  void add(Description description, AggregateVariant variant) {
    requireKind(description, Kind.AGGREGATE);
    aggregates.add(description, variant);
  }

  void add(Description description, TableVariant variant) {
    requireKind(description, Kind.TABLE);
    tables.add(description, variant);
  }

  private void requireKind(Description description, Kind kind) {
    Optional<Kind> existing = kindOf(description.name());
    if (existing.isPresent() && existing.get() != kind) {
      throw new FunctionLoadException(
          String.format(
              "%s declares %s as %s function, but that name is a function of kind %s already",
              description.path(), description.sqlName(), kind, existing.get()));
    }
  }

  @Override
  public Optional<Kind> kindOf(String name) {
    if (scalars.contains(name)) {
      return Optional.of(Kind.SCALAR);
    }
    if (aggregates.contains(name)) {
      return Optional.of(Kind.AGGREGATE);
    }
    return tables.contains(name) ? Optional.of(Kind.TABLE) : Optional.empty();
  }

  @Override
  public List<List<SqlType>> lambdaParameters(String name, List<Argument> arguments) {
    Resolved<?> resolved = resolve(name, arguments);
    Bindings.requireTyped(resolved.patterns(), arguments, name);
    List<List<SqlType>> parameters = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i) instanceof Argument.UntypedLambda) {
        TypePattern.LambdaOf lambda = (TypePattern.LambdaOf) resolved.patterns().get(i);
        parameters.add(
            lambda.parameters().stream()
                .map(parameter -> resolved.bindings().resolve(parameter, name))
                .toList());
      }
    }
    return parameters;
  }

  private Resolved<?> resolve(String name, List<Argument> arguments) {
    if (aggregates.contains(name)) {
      return aggregates.resolve(name, arguments);
    }
    return tables.contains(name)
        ? tables.resolve(name, arguments)
        : scalars.resolve(name, arguments);
  }

  @Override
  public ScalarFunction scalar(String name, List<Argument> arguments) {
    return ScalarVariant.bind(scalars.resolve(name, arguments), arguments);
  }

  @Override
  public AggregateFunction aggregate(String name, List<Argument> arguments) {
    return AggregateVariant.bind(aggregates.resolve(name, arguments), arguments);
  }

  @Override
  public TableFunction table(String name, List<Argument> arguments) {
    return TableVariant.bind(tables.resolve(name, arguments), arguments);
  }

  @Override
  public List<FunctionDescription> descriptions() {
    return Stream.of(scalars.descriptions(), aggregates.descriptions(), tables.descriptions())
        .flatMap(List::stream)
        .sorted(Comparator.comparing(FunctionDescription::name))
        .toList();
  }
}
