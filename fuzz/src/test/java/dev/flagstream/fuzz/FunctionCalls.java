package dev.flagstream.fuzz;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Kind;
import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.function.ScalarFunction;
import dev.flagstream.engine.property.GuidedExamples;
import dev.flagstream.engine.property.ValueOfType;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls functions by their signatures: each gives a value of its type, or refuses its arguments
 * with a sentence. Scores and probabilities are finite or NULL.
 */
final class FunctionCalls implements FuzzTarget {

  private final FunctionCatalog functions = ProjectFunctions.catalog();
  private final List<Form> forms = new ArrayList<>();
  private final Map<Form, Map<List<Argument>, Resolved>> resolved = new HashMap<>();

  private record Form(FunctionDescription function, FunctionCatalog.Variant variant) {}

  private record Resolved(ScalarFunction function, ScalarFunction.Invoker invoker) {}

  FunctionCalls() {
    for (FunctionDescription function : functions.descriptions()) {
      if (function.kind() == Kind.SCALAR) {
        function.variants().forEach(variant -> forms.add(new Form(function, variant)));
      }
    }
  }

  @Override
  public void tryOut(byte[] input) {
    Draws draws = new Draws(input);
    Form form = forms.get(draws.below(forms.size()));
    GuidedExamples.drawArguments(form.variant(), draws.some())
        .flatMap(arguments -> resolve(form, arguments))
        .ifPresent(call -> call(form, call, draws));
  }

  private Optional<Resolved> resolve(Form form, List<Argument> arguments) {
    return Optional.ofNullable(
        resolved
            .computeIfAbsent(form, unseen -> new HashMap<>())
            .computeIfAbsent(arguments, unseen -> find(form.function().name(), arguments)));
  }

  /** Null if the types that were drawn fit no variant, or the function is not configured so. */
  private Resolved find(String name, List<Argument> arguments) {
    ScalarFunction function;
    try {
      function = functions.scalar(name, arguments);
    } catch (FunctionException e) {
      return null;
    }
    return new Resolved(function, function.newInvoker(ProjectFunctions.SETTINGS));
  }

  private static void call(Form form, Resolved call, Draws draws) {
    List<SqlType> types = call.function().parameterTypes();
    if (types.contains(null)) {
      return;
    }
    Object[] arguments = types.stream().map(draws::value).toArray();
    RowBudget.begin();
    Object result;
    try {
      result = call.invoker().invoke(arguments);
    } catch (Throwable e) { // what Invoker declares
      GuidedExamples.refuseInternal(form.function().name(), e);
      return;
    }
    ValueOfType.check(form.function().name(), result, call.function().returnType());
    if (result instanceof Double score
        && form.function().category().equals(ProjectFunctions.CATEGORY)
        && !Double.isFinite(score)) {
      throw new AssertionError(form.function().name() + " gives " + score);
    }
  }
}
