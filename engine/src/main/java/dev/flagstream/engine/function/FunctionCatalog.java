package dev.flagstream.engine.function;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * Every function that can be called: the built-in ones and those of the extension directory.
 * Thread-safe.
 */
public interface FunctionCatalog {

  /** What a name stands for. */
  enum Kind {
    SCALAR,
    AGGREGATE,
    TABLE
  }

  /** An argument of a call, as far as resolving the function needs to know it. */
  sealed interface Argument {
    /**
     * A value; {@code type} is null for the NULL literal. {@code text} is the expression as
     * written, for messages.
     */
    record Value(SqlType type, String text) implements Argument {
      public Value(SqlType type) {
        this(type, "");
      }

      /** A value of a type, or NULL where there is none. */
      public static Value of(Optional<SqlType> type, String text) {
        return new Value(type.orElse(null), text);
      }
    }

    /** A constant, which aggregate functions take as initial arguments; NULL has no type. */
    record Constant(Object value, SqlType type) implements Argument {}

    /** A bare unit of time; at run time the argument is a {@code java.util.concurrent.TimeUnit}. */
    record IntervalUnit() implements Argument {}

    /** A lambda whose body has been typed; {@code result} is null before that. */
    record LambdaArgument(List<SqlType> parameters, SqlType result) implements Argument {}

    /** A lambda whose parameter types are still to be found. */
    record UntypedLambda(int parameterCount) implements Argument {}
  }

  /** What the name stands for; empty if there is no such function. Names ignore case. */
  Optional<Kind> kindOf(String name);

  /**
   * The types of the parameters of each {@link Argument.UntypedLambda} argument, in order.
   *
   * @throws FunctionException if no variant takes such arguments
   */
  List<List<SqlType>> lambdaParameters(String name, List<Argument> arguments);

  /**
   * The variant a call means.
   *
   * @throws FunctionException if there is none, or more than one fits equally, in ksqlDB's words
   */
  ScalarFunction scalar(String name, List<Argument> arguments);

  /** As {@link #scalar}; {@link Argument.Constant} arguments may be initial arguments. */
  AggregateFunction aggregate(String name, List<Argument> arguments);

  /** As {@link #scalar}. */
  TableFunction table(String name, List<Argument> arguments);

  /** The documentation of every function, by name. */
  List<FunctionDescription> descriptions();

  /** What SHOW FUNCTIONS and DESCRIBE FUNCTION show of a function. */
  record FunctionDescription(
      String name,
      Kind kind,
      String category,
      String description,
      String author,
      String version,
      String path,
      List<Variant> variants) {
    public FunctionDescription {
      variants = List.copyOf(variants);
    }
  }

  /** One signature of a function, with types as ksqlDB prints them. */
  record Variant(
      List<Parameter> parameters, boolean variadic, String returnType, String description) {
    public Variant {
      parameters = List.copyOf(parameters);
    }
  }

  /** One parameter of a variant. */
  record Parameter(String name, String type, String description, boolean variadic) {}
}
