package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.function.signature.Signature;
import dev.flagstream.engine.function.signature.VariantResolver.Resolved;
import dev.flagstream.engine.type.SqlType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

/** A method annotated with {@code @Udtf}. */
record TableVariant(String functionName, MethodDeclaration declaration, String description)
    implements LoadedVariant {

  /** The Java type of a row: that of the elements of the list the method returns. */
  static Type rowType(Type listType) throws DeclarationException {
    if (listType instanceof ParameterizedType list && list.getRawType() == List.class) {
      return list.getActualTypeArguments()[0];
    }
    throw new DeclarationException("a table function must return a java.util.List of rows");
  }

  @Override
  public Signature signature() {
    return declaration.signature();
  }

  @Override
  public String returnTypeText() {
    try {
      return declaration.returnTypeText(rowType(declaration.method().getGenericReturnType()));
    } catch (DeclarationException e) {
      throw new IllegalStateException("read before, but not readable now", e);
    }
  }

  static TableFunction bind(Resolved<TableVariant> resolved, List<Argument> arguments) {
    TableVariant variant = resolved.variant();
    List<SqlType> types = CallTypes.of(resolved, arguments);
    SqlType result =
        variant.declaration.resultType(
            variant.functionName, resolved.bindings(), CallTypes.afterCasts(arguments, types));
    return new Bound(variant, types, result);
  }

  private record Bound(TableVariant variant, List<SqlType> parameterTypes, SqlType returnType)
      implements TableFunction {

    @Override
    public String name() {
      return variant.functionName;
    }

    @Override
    public Exploder newExploder(Map<String, ?> properties) {
      Object instance = variant.declaration.newInstance();
      InstanceSettings.configure(instance, variant.functionName, properties);
      MethodCall call =
          new MethodCall(variant.declaration.method(), instance, parameterTypes.size());
      return arguments -> (List<?>) call.invoke(arguments);
    }
  }
}
