package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.signature.Bindings;
import dev.flagstream.engine.function.signature.KsqlTypes;
import dev.flagstream.engine.function.signature.Signature;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.function.signature.VariantResolver.Resolved;
import dev.flagstream.engine.type.SqlType;
import io.confluent.ksql.function.udaf.TableUdaf;
import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.schema.ksql.SqlArgument;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A static method annotated with {@code @UdafFactory}.
 *
 * <p>Its signature has the columns first and then the factory's own parameters, which take constant
 * initial arguments.
 */
record AggregateVariant(
    String functionName,
    Method factory,
    AggregateInput input,
    Signature signature,
    TypePattern state,
    TypePattern result,
    String description)
    implements LoadedVariant {

  static AggregateVariant read(String functionName, Method factory, UdafFactory annotation)
      throws DeclarationException {
    if (!Modifier.isStatic(factory.getModifiers())) {
      throw new DeclarationException("a @UdafFactory method must be static");
    }
    Type[] types = udafTypes(factory.getGenericReturnType());
    AggregateInput input = AggregateInput.read(types[0]);
    return new AggregateVariant(
        functionName,
        factory,
        input,
        signature(factory, input, annotation.paramSchema()),
        JavaTypes.pattern(types[1], annotation.aggregateSchema()),
        JavaTypes.pattern(types[2], annotation.returnSchema()),
        annotation.description());
  }

  private static Type[] udafTypes(Type returned) throws DeclarationException {
    if (returned instanceof ParameterizedType udaf
        && (udaf.getRawType() == Udaf.class || udaf.getRawType() == TableUdaf.class)) {
      return udaf.getActualTypeArguments();
    }
    throw new DeclarationException(
        "a @UdafFactory method must return Udaf or TableUdaf with type arguments");
  }

  private static Signature signature(Method factory, AggregateInput input, String[] schemas)
      throws DeclarationException {
    Signature initial = MethodDeclaration.signature(factory);
    if (initial.isVariadic() && input.variadicSlot() >= 0) {
      throw new DeclarationException("only one of columns and initial arguments can be variadic");
    }
    List<Signature.Parameter> parameters = new ArrayList<>();
    int columns = input.slots().size();
    for (int i = 0; i < columns; i++) {
      String schema = i < schemas.length ? schemas[i] : "";
      TypePattern type = JavaTypes.parameterPattern(input.slots().get(i), schema);
      parameters.add(new Signature.Parameter("val" + (i + 1), type, ""));
    }
    parameters.addAll(initial.parameters());
    int variadicIndex =
        initial.isVariadic() ? columns + initial.variadicIndex() : input.variadicSlot();
    return new Signature(parameters, variadicIndex);
  }

  @Override
  public String returnTypeText() {
    return result.toString();
  }

  static AggregateFunction bind(Resolved<AggregateVariant> resolved, List<Argument> arguments) {
    AggregateVariant variant = resolved.variant();
    int columns = variant.columnCount(arguments.size());
    List<SqlType> types = CallTypes.of(resolved, arguments);
    variant.checkTyped(types.subList(0, columns));
    List<Object> constants = new ArrayList<>();
    for (int i = columns; i < arguments.size(); i++) {
      constants.add(variant.constant(arguments.get(i), i + 1, types.get(i)));
    }
    return variant.bind(
        types.subList(0, columns),
        KsqlTypes.toApi(CallTypes.afterCasts(arguments, types).subList(0, columns)),
        constants,
        resolved.bindings());
  }

  /**
   * A bare NULL has a type only if the parameter gives it one. A function whose state and result do
   * not depend on that type need not know it.
   */
  private void checkTyped(List<SqlType> columns) {
    int untyped = columns.indexOf(null);
    if (untyped >= 0 && state.openParts() + result.openParts() > 0) {
      throw new FunctionException(
          "Failed to invoke UDAF factory method\nCannot infer the type of argument %d of function '%s'. Cast NULL to the type it stands for."
              .formatted(untyped + 1, functionName));
    }
  }

  /** How many arguments of a call are columns rather than initial arguments. */
  private int columnCount(int argumentCount) {
    boolean columnsVary = input.variadicSlot() >= 0;
    return columnsVary ? argumentCount - factory.getParameterCount() : input.slots().size();
  }

  private Object constant(Argument argument, int position, SqlType wanted) {
    if (argument instanceof Argument.Constant constant) {
      return LiteralWidening.widened(constant.value(), wanted);
    }
    String text = argument instanceof Argument.Value value ? value.text() : "";
    throw new FunctionException(
        "Parameter "
            + position
            + " passed to function "
            + functionName
            + " must be a literal constant, but was expression: '"
            + text
            + "'");
  }

  private AggregateFunction bind(
      List<SqlType> columnTypes,
      List<SqlArgument> columns,
      List<Object> constants,
      Bindings bindings) {
    MethodCall call = new MethodCall(factory, null, constants.size());
    UdafSource source = new UdafSource(functionName, call, constants, columns);
    Udaf<?, ?, ?> sample = source.newUdaf();
    return new Bound(
        functionName,
        Collections.unmodifiableList(new ArrayList<>(columnTypes)),
        typeOf(sample.getAggregateSqlType(), state, bindings),
        typeOf(sample.getReturnSqlType(), result, bindings),
        sample instanceof TableUdaf,
        source,
        input.assembler(columnTypes.size()));
  }

  private SqlType typeOf(
      Optional<io.confluent.ksql.schema.ksql.types.SqlType> told,
      TypePattern declared,
      Bindings bindings) {
    return told.map(KsqlTypes::fromApi).orElseGet(() -> bindings.resolve(declared, functionName));
  }

  /** Makes the instances of one call site. */
  private record UdafSource(
      String functionName, MethodCall factory, List<Object> constants, List<SqlArgument> columns) {

    // The factory's return type was checked when it was read; the input is made to fit it.
    @SuppressWarnings("unchecked")
    Udaf<Object, Object, Object> newUdaf() {
      try {
        Udaf<Object, Object, Object> udaf =
            (Udaf<Object, Object, Object>) factory.invoke(constants.toArray());
        udaf.initializeTypeArguments(columns);
        return udaf;
      } catch (Error e) {
        throw e;
      } catch (Throwable e) {
        throw new FunctionException(
            "Failed to invoke UDAF factory method\n" + functionName + ": " + e.getMessage(), e);
      }
    }
  }

  private record Bound(
      String name,
      List<SqlType> parameterTypes,
      SqlType aggregateType,
      SqlType returnType,
      boolean supportsUndo,
      UdafSource source,
      AggregateInput.Assembler input)
      implements AggregateFunction {

    @Override
    public Aggregator newAggregator(Map<String, ?> properties) {
      Udaf<Object, Object, Object> udaf = source.newUdaf();
      InstanceSettings.configure(udaf, name.toUpperCase(Locale.ROOT), properties);
      return new UdafAggregator(udaf, input);
    }
  }

  private static final class UdafAggregator implements AggregateFunction.Aggregator {
    private final Udaf<Object, Object, Object> udaf;
    private final AggregateInput.Assembler input;

    UdafAggregator(Udaf<Object, Object, Object> udaf, AggregateInput.Assembler input) {
      this.udaf = udaf;
      this.input = input;
    }

    @Override
    public Object initialize() {
      return udaf.initialize();
    }

    @Override
    public Object aggregate(Object[] arguments, Object state) {
      return udaf.aggregate(input.assemble(arguments), state);
    }

    @Override
    public Object merge(Object left, Object right) {
      return udaf.merge(left, right);
    }

    @Override
    public Object undo(Object[] arguments, Object state) {
      if (udaf instanceof TableUdaf<Object, Object, Object> table) {
        return table.undo(input.assemble(arguments), state);
      }
      throw new UnsupportedOperationException(
          udaf.getClass().getName() + " cannot take a row back: it is no TableUdaf");
    }

    @Override
    public Object result(Object state) {
      return udaf.map(state);
    }
  }
}
