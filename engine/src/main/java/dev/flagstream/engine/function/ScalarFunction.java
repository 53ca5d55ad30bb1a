package dev.flagstream.engine.function;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;

/** One variant of a scalar function, resolved for the argument types of one call. */
public interface ScalarFunction {

  /** Upper-case name. */
  String name();

  /**
   * The types the arguments must be cast to, one per argument of the call (variadic parameters are
   * repeated); an entry is null where the argument is taken as it is: a lambda, a unit of time, or
   * a NULL that could be of any type.
   */
  List<SqlType> parameterTypes();

  /** The type of the result. */
  SqlType returnType();

  /**
   * Makes the instance that serves one call site of one query; all its stream threads share it.
   *
   * @param properties the server's properties, from which {@code ksql.functions.*} settings come
   */
  Invoker newInvoker(Map<String, ?> properties);

  /** Calls the function's code. */
  interface Invoker {
    /**
     * Returns the function's value.
     *
     * @param arguments one per argument of the call, each null or of the Java class of its type; a
     *     lambda of one, two or three parameters is a {@code java.util.function.Function}, a {@code
     *     java.util.function.BiFunction} or an {@code io.confluent.ksql.function.TriFunction}
     * @throws Throwable whatever the function throws
     */
    Object invoke(Object[] arguments) throws Throwable;
  }
}
