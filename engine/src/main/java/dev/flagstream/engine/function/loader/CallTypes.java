package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.signature.VariantResolver.Resolved;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The types the arguments of a call must be cast to. */
final class CallTypes {

  private CallTypes() {}

  /** One type per argument, null where it is taken as it is. */
  static List<SqlType> of(Resolved<?> resolved, List<Argument> arguments) {
    List<SqlType> types = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      types.add(resolved.bindings().parameterType(resolved.patterns().get(i), arguments.get(i)));
    }
    return Collections.unmodifiableList(types);
  }

  /**
   * The arguments once they are cast: that is how functions are told of them. A NULL without a type
   * stays without one, as in ksqlDB.
   */
  static List<Argument> afterCasts(List<Argument> arguments, List<SqlType> types) {
    List<Argument> cast = new ArrayList<>(arguments.size());
    for (int i = 0; i < arguments.size(); i++) {
      SqlType type = types.get(i);
      boolean isNull = arguments.get(i) instanceof Argument.Value value && value.type() == null;
      cast.add(type == null || isNull ? arguments.get(i) : new Argument.Value(type));
    }
    return cast;
  }
}
