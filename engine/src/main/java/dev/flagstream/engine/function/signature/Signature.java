package dev.flagstream.engine.function.signature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of one variant of a function.
 *
 * @param variadicIndex the position of the parameter that takes any number of arguments, or -1. It
 *     need not be the last one: an aggregate's initial arguments follow its columns.
 */
public record Signature(List<Parameter> parameters, int variadicIndex) {

  /** Marks a signature without a variadic parameter. */
  public static final int NOT_VARIADIC = -1;

  /** One parameter; of a variadic one, {@code type} is that of a single argument. */
  public record Parameter(String name, TypePattern type, String description) {}

  public Signature {
    parameters = List.copyOf(parameters);
  }

  /** Whether some parameter takes any number of arguments. */
  public boolean isVariadic() {
    return variadicIndex != NOT_VARIADIC;
  }

  /** How many arguments the variadic parameter takes in a call of {@code argumentCount}. */
  public int variadicCount(int argumentCount) {
    return isVariadic() ? argumentCount - (parameters.size() - 1) : 0;
  }

  /** What each of so many arguments must be; empty if the call cannot have that many. */
  Optional<List<TypePattern>> expand(int argumentCount) {
    int repeats = isVariadic() ? variadicCount(argumentCount) : 1;
    boolean fits = isVariadic() ? repeats >= 0 : argumentCount == parameters.size();
    if (!fits) {
      return Optional.empty();
    }
    List<TypePattern> expanded = new ArrayList<>(argumentCount);
    for (int i = 0; i < parameters.size(); i++) {
      int count = i == variadicIndex ? repeats : 1;
      expanded.addAll(Collections.nCopies(count, parameters.get(i).type()));
    }
    return Optional.of(expanded);
  }

  /**
   * Two signatures with the same shape cannot live under one name. As in ksqlDB, {@code X...} and a
   * list of X are the same shape.
   */
  List<TypePattern> shape() {
    List<TypePattern> shape = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      TypePattern type = parameters.get(i).type();
      shape.add(i == variadicIndex ? TypePattern.arrayOf(type) : type);
    }
    return shape;
  }

  int openParts() {
    return parameters.stream().mapToInt(parameter -> parameter.type().openParts()).sum();
  }

  /** How ksqlDB lists a variant: {@code (DOUBLE amount, VARCHAR... cities)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      text.append(i == 0 ? "" : ", ").append(parameter.type());
      text.append(i == variadicIndex ? "..." : "");
      text.append(parameter.name().isEmpty() ? "" : " " + parameter.name());
    }
    return text.append(")").toString();
  }

  /** The types alone, as they are told apart. */
  String shapeText() {
    return shape().stream().map(TypePattern::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
