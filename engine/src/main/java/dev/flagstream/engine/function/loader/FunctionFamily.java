package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.UnknownFunctionException;
import dev.flagstream.engine.function.signature.VariantResolver;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All functions of one kind, by name. */
final class FunctionFamily<V extends LoadedVariant> {

  private record Group<V>(Description description, VariantResolver<V> variants) {}

  private final Kind kind;
  private final Map<String, Group<V>> groups = new TreeMap<>();

  FunctionFamily(Kind kind) {
    this.kind = kind;
  }

  boolean contains(String name) {
    return groups.containsKey(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Adds a variant of a function.
   *
   * @throws FunctionLoadException if the function has one with the same parameters
   */
  void add(Description description, V variant) {
    Group<V> group = groups.computeIfAbsent(description.sqlName(), name -> newGroup(description));
    Optional<V> earlier = group.variants().add(variant.signature(), variant);
    if (earlier.isPresent()) {
      throw new FunctionLoadException(
          String.format(
              "%s declares %s%s, but a function with the same name and parameter types exists"
                  + " already: %s%s of %s. Remove one of them.",
              description.path(),
              description.sqlName(),
              variant.signature(),
              description.sqlName(),
              earlier.get().signature(),
              group.description().path()));
    }
  }

  /** Messages list the alternatives of a scalar function under its name as SQL knows it. */
  private Group<V> newGroup(Description description) {
    String name = kind == Kind.SCALAR ? description.sqlName() : description.name();
    return new Group<>(
        description, new VariantResolver<>(description.name(), name, kind != Kind.AGGREGATE));
  }

  VariantResolver.Resolved<V> resolve(String name, List<Argument> arguments) {
    Group<V> group = groups.get(name.toUpperCase(Locale.ROOT));
    if (group == null) {
      throw new UnknownFunctionException(name, groups.keySet());
    }
    return group.variants().resolve(arguments);
  }

  List<FunctionDescription> descriptions() {
    return groups.values().stream().map(this::describe).toList();
  }

  private FunctionDescription describe(Group<V> group) {
    Description header = group.description();
    return new FunctionDescription(
        header.sqlName(),
        kind,
        header.category(),
        header.description(),
        header.author(),
        header.version(),
        header.path(),
        group.variants().variants().stream().map(LoadedVariant::describe).toList());
  }
}
