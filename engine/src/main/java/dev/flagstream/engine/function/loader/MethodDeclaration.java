package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.signature.Bindings;
import dev.flagstream.engine.function.signature.KsqlTypes;
import dev.flagstream.engine.function.signature.Signature;
import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.type.SqlType;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udf.UdfSchemaProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A method that is a variant of a scalar or table function.
 *
 * @param owner the annotated class, which may have inherited the method
 * @param result what it returns; empty where only the schema provider knows
 * @param schemaProvider the method that works out the result's type for a call
 */
record MethodDeclaration(
    Class<?> owner,
    Method method,
    Signature signature,
    Optional<TypePattern> result,
    Optional<Method> schemaProvider) {

  /**
   * Reads a method.
   *
   * @param resultType the Java type that stands for the result in SQL
   */
  static MethodDeclaration read(
      Class<?> owner, Method method, Type resultType, String schema, String schemaProvider)
      throws DeclarationException {
    Optional<Method> provider =
        schemaProvider.isBlank() ? Optional.empty() : Optional.of(provider(owner, schemaProvider));
    return new MethodDeclaration(
        owner,
        method,
        signature(method),
        result(resultType, schema, provider.isPresent()),
        provider);
  }

  private static Optional<TypePattern> result(Type type, String schema, boolean isProvided)
      throws DeclarationException {
    if (isProvided) {
      return Optional.empty();
    }
    TypePattern result = JavaTypes.pattern(type, schema);
    if (result instanceof TypePattern.AnyDecimal || result instanceof TypePattern.AnyStruct) {
      throw new DeclarationException(
          "a " + result + " result needs a schema or a schemaProvider in its annotation");
    }
    return Optional.of(result);
  }

  static Signature signature(Method method) throws DeclarationException {
    Parameter[] parameters = method.getParameters();
    List<Signature.Parameter> read = new ArrayList<>();
    for (int i = 0; i < parameters.length; i++) {
      boolean variadic = method.isVarArgs() && i == parameters.length - 1;
      read.add(parameter(parameters[i], i, variadic));
    }
    int variadicIndex = method.isVarArgs() ? parameters.length - 1 : Signature.NOT_VARIADIC;
    return new Signature(read, variadicIndex);
  }

  private static Signature.Parameter parameter(Parameter parameter, int index, boolean variadic)
      throws DeclarationException {
    UdfParameter annotation = parameter.getAnnotation(UdfParameter.class);
    String name = annotation == null ? "" : annotation.value();
    if (name.isBlank() && !parameter.isNamePresent()) {
      throw new DeclarationException(
          "parameter "
              + (index + 1)
              + " has no name: annotate it with @UdfParameter(\"name\") or compile with -parameters");
    }
    Type type = variadic ? elementType(parameter) : parameter.getParameterizedType();
    return new Signature.Parameter(
        name.isBlank() ? parameter.getName() : name,
        JavaTypes.parameterPattern(type, annotation == null ? "" : annotation.schema()),
        annotation == null ? "" : annotation.description());
  }

  private static Type elementType(Parameter variadic) {
    return variadic.getParameterizedType() instanceof java.lang.reflect.GenericArrayType generic
        ? generic.getGenericComponentType()
        : variadic.getType().getComponentType();
  }

  private static Method provider(Class<?> owner, String name) throws DeclarationException {
    for (Method method : owner.getMethods()) {
      if (method.getName().equals(name) && method.isAnnotationPresent(UdfSchemaProvider.class)) {
        return method;
      }
    }
    throw new DeclarationException(
        "there is no public method " + name + " annotated with @UdfSchemaProvider");
  }

  /** What the declared Java type is called where the SQL type depends on the call. */
  String returnTypeText(Type resultType) {
    if (result.isPresent()) {
      return result.get().toString();
    }
    try {
      return JavaTypes.pattern(resultType).toString();
    } catch (DeclarationException e) {
      return resultType.getTypeName();
    }
  }

  /** The result's type in a call. */
  SqlType resultType(String functionName, Bindings bindings, List<Argument> arguments) {
    if (schemaProvider.isPresent()) {
      return providedType(functionName, schemaProvider.get(), arguments);
    }
    return bindings.resolve(result.orElseThrow(), functionName);
  }

  private SqlType providedType(String functionName, Method provider, List<Argument> arguments) {
    try {
      Object target = Modifier.isStatic(provider.getModifiers()) ? null : newInstance();
      Object type = provider.invoke(target, KsqlTypes.toApi(arguments));
      return KsqlTypes.fromApi((io.confluent.ksql.schema.ksql.types.SqlType) type);
    } catch (InvocationTargetException e) {
      throw new FunctionException(e.getCause().getMessage(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new FunctionException(
          "Cannot ask function '" + functionName + "' for its result type: " + e, e);
    }
  }

  /** A new instance of the class, as each call site gets its own. */
  Object newInstance() {
    try {
      Constructor<?> constructor = owner.getConstructor();
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      throw new FunctionException(
          "Cannot create " + owner.getName() + ": " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new FunctionException("Cannot create " + owner.getName() + ": " + e, e);
    }
  }
}
