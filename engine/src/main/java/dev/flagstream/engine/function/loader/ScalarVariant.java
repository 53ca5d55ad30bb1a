package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.function.signature.Bindings;
import dev.flagstream.engine.function.signature.Signature;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.function.signature.VariantResolver.Resolved;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/** A method annotated with {@code @Udf}. */
record ScalarVariant(String functionName, MethodDeclaration declaration, String description)
    implements LoadedVariant {

  @Override
  public Signature signature() {
    return declaration.signature();
  }

  @Override
  public String returnTypeText() {
    return declaration.returnTypeText(declaration.method().getGenericReturnType());
  }

  static ScalarFunction bind(Resolved<ScalarVariant> resolved, List<Argument> arguments) {
    ScalarVariant variant = resolved.variant();
    boolean typedByArguments =
        variant.declaration.result().map(TypePattern::openParts).orElse(0) > 0;
    if (typedByArguments) {
      Bindings.requireTyped(resolved.patterns(), arguments, variant.functionName);
    }
    List<SqlType> types = CallTypes.of(resolved, arguments);
    SqlType result =
        variant.declaration.resultType(
            variant.functionName, resolved.bindings(), CallTypes.afterCasts(arguments, types));
    return new Bound(variant, types, result);
  }

  private record Bound(ScalarVariant variant, List<SqlType> parameterTypes, SqlType returnType)
      implements ScalarFunction {

    private static final long FOREIGN_DIGITS = 1_000;

    @Override
    public String name() {
      return variant.functionName;
    }

    @Override
    public Invoker newInvoker(Map<String, ?> properties) {
      Object instance = variant.declaration.newInstance();
      InstanceSettings.configure(instance, variant.functionName, properties);
      MethodCall call =
          new MethodCall(variant.declaration.method(), instance, parameterTypes.size());
      return returnType instanceof SqlType.Decimal decimal
          ? arguments -> fitted((BigDecimal) call.invoke(arguments), decimal)
          : call::invoke;
    }

    /** As in ksqlDB a DECIMAL may have fewer places than its type, but not more. */
    private static BigDecimal fitted(BigDecimal value, SqlType.Decimal type) {
      if (value == null || (value.scale() >= 0 && value.scale() <= type.scale())) {
        return value;
      }
      // Whoever writes the value refuses what its type does not hold.
      long maxWholeDigits = type.precision() + FOREIGN_DIGITS;
      return ExactDecimals.rescale(value, type.scale(), RoundingMode.HALF_UP, maxWholeDigits);
    }
  }
}
