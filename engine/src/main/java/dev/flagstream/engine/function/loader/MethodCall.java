package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A method prepared for one call site: its arguments come in an array and nothing is looked up per
 * call.
 */
final class MethodCall {

  private static final MethodType ARRAY_TO_OBJECT =
      MethodType.methodType(Object.class, Object[].class);

  /** A method handle takes 255 arguments at most, itself and the instance among them. */
  private static final int MOST_ARGUMENTS_OF_A_HANDLE = 250;

  private final MethodHandle handle;
  private final int[] primitivePositions;
  private final boolean collects;
  private final Method method;

  /**
   * Prepares a method.
   *
   * @param instance the instance to call it on; ignored if it is static
   * @param argumentCount how many arguments each call has; those of a variadic parameter count each
   */
  MethodCall(Method method, Object instance, int argumentCount) {
    this.method = method;
    this.collects = method.isVarArgs() && argumentCount > MOST_ARGUMENTS_OF_A_HANDLE;
    this.handle = prepare(method, instance, collects ? method.getParameterCount() : argumentCount);
    this.primitivePositions =
        IntStream.range(0, method.getParameterCount())
            .filter(i -> method.getParameterTypes()[i].isPrimitive())
            .toArray();
  }

  private MethodHandle prepare(Method method, Object instance, int argumentCount) {
    try {
      MethodHandle handle = MethodHandles.publicLookup().unreflect(method).asFixedArity();
      if (!Modifier.isStatic(method.getModifiers())) {
        handle = handle.bindTo(instance);
      }
      if (method.isVarArgs() && !collects) {
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
    return (Object) handle.invokeExact(collects ? collected(arguments) : arguments);
  }

  /** The arguments with those of the variadic parameter in an array, its last element. */
  private Object[] collected(Object[] arguments) {
    int fixed = method.getParameterCount() - 1;
    Class<?> component = method.getParameterTypes()[fixed].getComponentType();
    Object variadic = Array.newInstance(component, arguments.length - fixed);
    for (int i = fixed; i < arguments.length; i++) {
      Array.set(variadic, i - fixed, arguments[i]);
    }
    Object[] collected = Arrays.copyOf(arguments, fixed + 1, Object[].class);
    collected[fixed] = variadic;
    return collected;
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
