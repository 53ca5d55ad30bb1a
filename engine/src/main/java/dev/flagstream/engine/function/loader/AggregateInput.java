package dev.flagstream.engine.function.loader;

import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.util.Pair;
import io.confluent.ksql.util.Quadruple;
import io.confluent.ksql.util.Quintuple;
import io.confluent.ksql.util.Triple;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The input of an aggregate function: one Java object made of a row's arguments.
 *
 * <p>That object is the argument itself, a tuple of several, a {@link VariadicArgs}, or a tuple
 * with one of those; {@code Void} stands for no argument at all, as in {@code COUNT(*)}.
 *
 * @param slots the Java types of the tuple's parts, of a variadic one that of a single argument
 * @param variadicSlot the part that takes any number of arguments, or -1
 */
record AggregateInput(List<Type> slots, int variadicSlot) {

  private static final Map<Type, Integer> TUPLE_SIZES =
      Map.of(Pair.class, 2, Triple.class, 3, Quadruple.class, 4, Quintuple.class, 5);

  /** Makes a row's input. */
  interface Assembler {
    Object assemble(Object[] arguments);
  }

  static AggregateInput read(Type type) throws DeclarationException {
    if (type == Void.class) {
      return new AggregateInput(List.of(), -1);
    }
    boolean isTuple =
        type instanceof ParameterizedType tuple && TUPLE_SIZES.containsKey(tuple.getRawType());
    Type[] slots =
        isTuple ? ((ParameterizedType) type).getActualTypeArguments() : new Type[] {type};
    int variadicSlot = -1;
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] instanceof ParameterizedType slot && slot.getRawType() == VariadicArgs.class) {
        if (variadicSlot >= 0) {
          throw new DeclarationException("only one part of the input can be variadic");
        }
        variadicSlot = i;
        slots[i] = slot.getActualTypeArguments()[0];
      }
    }
    return new AggregateInput(List.of(slots), variadicSlot);
  }

  /** The assembler that makes the input row from this many arguments of a call. */
  Assembler assembler(int argumentCount) {
    return switch (slots.size()) {
      case 0 -> arguments -> null;
      case 1 -> variadicSlot < 0 ? arguments -> arguments[0] : AggregateInput::variadic;
      default -> variadicSlot < 0 ? AggregateInput::tuple : withVariadicSlot(argumentCount);
    };
  }

  private Assembler withVariadicSlot(int argumentCount) {
    int end = variadicSlot + argumentCount - (slots.size() - 1);
    return arguments -> {
      Object[] parts = new Object[slots.size()];
      System.arraycopy(arguments, 0, parts, 0, variadicSlot);
      parts[variadicSlot] = variadic(Arrays.copyOfRange(arguments, variadicSlot, end));
      System.arraycopy(arguments, end, parts, variadicSlot + 1, parts.length - variadicSlot - 1);
      return tuple(parts);
    };
  }

  private static VariadicArgs<Object> variadic(Object[] arguments) {
    return new VariadicArgs<>(Arrays.asList(arguments));
  }

  private static Object tuple(Object[] parts) {
    return switch (parts.length) {
      case 2 -> Pair.of(parts[0], parts[1]);
      case 3 -> Triple.of(parts[0], parts[1], parts[2]);
      case 4 -> Quadruple.of(parts[0], parts[1], parts[2], parts[3]);
      default -> Quintuple.of(parts[0], parts[1], parts[2], parts[3], parts[4]);
    };
  }
}
