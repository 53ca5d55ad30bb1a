package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.function.FunctionException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The variants of one function and the choice among them.
 *
 * <p>As ksqlDB does, it looks first for variants that take the arguments as they are, then for
 * variants that take them after widening (INT to BIGINT to DECIMAL to DOUBLE, text to times). Among
 * several that fit, one without a variadic parameter wins, then the variadic one with the most
 * other parameters, then the one with the fewest open types; two that are equally good make the
 * call ambiguous. So does NULL alone for a variadic parameter: it could be the whole list.
 *
 * @param <V> what stands behind a signature
 */
public final class VariantResolver<V> {

  private record Candidate<V>(Signature signature, V variant, Bindings bindings) {}

  /** A variant chosen for a call. */
  public record Resolved<V>(
      V variant, Signature signature, List<TypePattern> patterns, Bindings bindings) {}

  private static final Comparator<Signature> MOST_SPECIFIC_FIRST =
      Comparator.comparing(Signature::isVariadic)
          .thenComparingInt(
              signature -> signature.isVariadic() ? -signature.parameters().size() : 0)
          .thenComparingInt(Signature::openParts);

  private final String nameAsDeclared;
  private final String nameInAlternatives;
  private final boolean widens;
  private final Map<List<TypePattern>, Map.Entry<Signature, V>> variants = new LinkedHashMap<>();

  /**
   * Starts without variants.
   *
   * @param nameAsDeclared the name in messages, as the annotation has it
   * @param nameInAlternatives the name in the list of alternatives
   * @param widens whether arguments may be widened; those of aggregate functions are not
   */
  public VariantResolver(String nameAsDeclared, String nameInAlternatives, boolean widens) {
    this.nameAsDeclared = nameAsDeclared;
    this.nameInAlternatives = nameInAlternatives;
    this.widens = widens;
  }

  /**
   * Adds a variant.
   *
   * @return what stood behind the same signature before; then nothing is added
   */
  public Optional<V> add(Signature signature, V variant) {
    Map.Entry<Signature, V> before =
        variants.putIfAbsent(signature.shape(), Map.entry(signature, variant));
    return Optional.ofNullable(before).map(Map.Entry::getValue);
  }

  /** The variants in a stable order. */
  public List<V> variants() {
    return variants.values().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().shapeText()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /**
   * The variant that answers to the arguments.
   *
   * @throws FunctionException if none does, or more than one equally well
   */
  public Resolved<V> resolve(List<Argument> arguments) {
    List<Candidate<V>> candidates = candidates(arguments, false);
    if (candidates.isEmpty() && widens) {
      candidates = candidates(arguments, true);
    }
    if (candidates.isEmpty()) {
      checkLambdas(arguments);
      throw new FunctionException(
          "Function '"
              + nameAsDeclared
              + "' does not accept parameters "
              + text(arguments)
              + ".\nValid alternatives are:\n"
              + alternatives());
    }
    return best(candidates, arguments);
  }

  /** ksqlDB chooses a variant by how many parameters a lambda has, and looks at types later. */
  private void checkLambdas(List<Argument> arguments) {
    if (arguments.stream().noneMatch(Argument.LambdaArgument.class::isInstance)) {
      return;
    }
    for (Map.Entry<Signature, V> entry : variants.values()) {
      entry
          .getKey()
          .expand(arguments.size())
          .flatMap(patterns -> Bindings.lambdaMismatch(patterns, arguments))
          .ifPresent(
              mismatch -> {
                throw new FunctionException(mismatch);
              });
    }
  }

  private List<Candidate<V>> candidates(List<Argument> arguments, boolean castsAllowed) {
    List<Candidate<V>> candidates = new ArrayList<>();
    for (Map.Entry<Signature, V> entry : variants.values()) {
      entry
          .getKey()
          .expand(arguments.size())
          .flatMap(patterns -> Bindings.match(patterns, arguments, castsAllowed))
          .map(bindings -> new Candidate<>(entry.getKey(), entry.getValue(), bindings))
          .ifPresent(candidates::add);
    }
    return candidates;
  }

  private Resolved<V> best(List<Candidate<V>> candidates, List<Argument> arguments) {
    candidates.sort(Comparator.comparing(Candidate::signature, MOST_SPECIFIC_FIRST));
    Candidate<V> first = candidates.get(0);
    boolean tie =
        candidates.size() > 1
            && !arguments.isEmpty()
            && MOST_SPECIFIC_FIRST.compare(first.signature(), candidates.get(1).signature()) == 0;
    if (tie || isNullForAllRepeats(first.signature(), arguments)) {
      throw new FunctionException(
          "Function '"
              + nameAsDeclared
              + "' cannot be resolved due to ambiguous method parameters "
              + text(arguments)
              + ".\n"
              + "Use CAST() to explicitly cast your parameters to one of the supported function"
              + " calls.\nValid function calls are:\n"
              + alternatives());
    }
    return new Resolved<>(
        first.variant(),
        first.signature(),
        first.signature().expand(arguments.size()).orElseThrow(),
        first.bindings());
  }

  /** NULL alone for the variadic parameter could be one of its arguments, or the list of them. */
  private static boolean isNullForAllRepeats(Signature signature, List<Argument> arguments) {
    if (!signature.isVariadic() || signature.variadicCount(arguments.size()) != 1) {
      return false;
    }
    Argument only = arguments.get(signature.variadicIndex());
    return (only instanceof Argument.Value || only instanceof Argument.Constant)
        && Bindings.valueType(only) == null;
  }

  private String alternatives() {
    Map<DeclarationOrder, String> alternatives = new HashMap<>();
    variants.keySet().stream()
        .filter(shape -> !shape.isEmpty() || !countsRows())
        .sorted(DeclarationOrder.firstDeclared(nameAsDeclared))
        .map(shape -> variants.get(shape).getKey())
        .forEach(
            signature ->
                alternatives.put(DeclarationOrder.of(signature), nameInAlternatives + signature));
    return alternatives.values().stream()
        .collect(
            Collectors.joining(
                "\n",
                "",
                "\n"
                    + "For detailed information on a function run: DESCRIBE FUNCTION"
                    + " <Function-Name>;"));
  }

  /** COUNT(*) is no variant in ksqlDB. */
  private boolean countsRows() {
    return nameAsDeclared.equals("COUNT");
  }

  private static String text(List<Argument> arguments) {
    return arguments.stream()
        .map(VariantResolver::text)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  static String text(Argument argument) {
    if (argument instanceof Argument.IntervalUnit) {
      // ksqlDB gives it no type.
      return "null";
    }
    if (argument instanceof Argument.UntypedLambda) {
      return "LAMBDA";
    }
    if (argument instanceof Argument.LambdaArgument lambda) {
      return lambda.parameters().stream()
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "LAMBDA (", ") => " + lambda.result()));
    }
    // Fields of structs stand here without their quotes, as in ksqlDB.
    return String.valueOf(Bindings.valueType(argument)).replace("`", "");
  }
}
