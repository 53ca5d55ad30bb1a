package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.IntStream;

/**
 * A method prepared for one call site: its arguments come in an array and nothing is looked up per
 * call.
 */
final class MethodCall {

  private static final MethodType ARRAY_TO_OBJECT =
      MethodType.methodType(Object.class, Object[].class);

  private final MethodHandle handle;
  private final int[] primitivePositions;
  private final Method method;

  /**
   * Prepares a method.
   *
   * @param instance the instance to call it on; ignored if it is static
   * @param argumentCount how many arguments each call has; those of a variadic parameter count each
   */
  MethodCall(Method method, Object instance, int argumentCount) {
    this.method = method;
    this.handle = prepare(method, instance, argumentCount);
    this.primitivePositions =
        IntStream.range(0, method.getParameterCount())
            .filter(i -> method.getParameterTypes()[i].isPrimitive())
            .toArray();
  }

  private static MethodHandle prepare(Method method, Object instance, int argumentCount) {
    try {
      MethodHandle handle = MethodHandles.publicLookup().unreflect(method).asFixedArity();
      if (!Modifier.isStatic(method.getModifiers())) {
        handle = handle.bindTo(instance);
      }
      if (method.isVarArgs()) {
        int fixed = method.getParameterCount() - 1;
        Class<?> array = method.getParameterTypes()[fixed];
        handle = handle.asCollector(array, argumentCount - fixed);
      }
      return handle
          .asType(handle.type().generic())
          .asSpreader(Object[].class, argumentCount)
          .asType(ARRAY_TO_OBJECT);
    } catch (IllegalAccessException e) {
      throw new FunctionException("Cannot call " + method + ": is its class public?", e);
    }
  }

  Object invoke(Object[] arguments) throws Throwable {
    for (int position : primitivePositions) {
      if (arguments[position] == null) {
        throw nullForPrimitive(position);
      }
    }
    return (Object) handle.invokeExact(arguments);
  }

  private NullPointerException nullForPrimitive(int position) {
    return new NullPointerException(
        "Argument "
            + (position + 1)
            + " of "
            + method.getDeclaringClass().getSimpleName()
            + " is null, but its Java type is "
            + method.getParameterTypes()[position]);
  }
}
