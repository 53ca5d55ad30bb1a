package dev.flagstream.engine.function;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;

/** One variant of a table function (one row in, many out), resolved for the arguments of a call. */
public interface TableFunction {

  /** Upper-case name. */
  String name();

  /** The types the arguments must be cast to. */
  List<SqlType> parameterTypes();

  /** The type of one element of the result. */
  SqlType returnType();

  /** Makes the instance that serves one call site of one query; all its stream threads share it. */
  Exploder newExploder(Map<String, ?> properties);

  /** Calls the function's code. */
  interface Exploder {
    /** The rows one input row becomes; null means none. */
    List<?> explode(Object[] arguments) throws Throwable;
  }
}
