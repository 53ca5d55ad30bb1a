package dev.flagstream.udf;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.schema.ksql.types.SqlBaseType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionDescriptionsTest {

  @Test
  void offersTheFunctionsThatTheScriptsCall() {
    assertThat(DeployedFunctions.all())
        .extracting(DeployedFunctions::nameOf)
        .containsExactly(
            "ALL_FEATURES",
            "ANOMALY_SCORE",
            "CARD_TOKEN",
            "FRAUD_PROBABILITY",
            "FRAUD_REASONS",
            "FRAUD_SCORE",
            "FRAUD_THRESHOLD",
            "IS_FRAUD",
            "IS_SCORABLE",
            "MASK_CARD_NUMBERS",
            "MODEL_VERSION",
            "PACK_TRANSACTION",
            "REJECTION_REASON",
            "REPETITION_REASON",
            "RULE_HITS",
            "RULE_SET_VERSION",
            "UNPACK_CARD_FEATURES",
            "UNPACK_TRANSACTION");
  }

  @ParameterizedTest
  @MethodSource("functions")
  void hasEachFunctionInAClassOfItsName(Class<?> function) {
    assertThat(function.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT))
        .isEqualTo(DeployedFunctions.nameOf(function));
    assertThat(Modifier.isPublic(function.getModifiers())).isTrue();
    assertThat(function.getConstructors()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void describesEachFunction(Class<?> function) {
    UdfDescription description = function.getAnnotation(UdfDescription.class);

    assertThat(description.description()).endsWith(".");
    assertThat(description.category()).isEqualTo("FRAUD");
    assertThat(description.author()).isNotBlank();
    assertThat(description.version()).matches("\\d+\\.\\d+\\.\\d+");
    assertThat(DeployedFunctions.variantsOf(function)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void describesEachVariantAndItsParameters(Method variant) {
    assertThat(variant.getAnnotation(Udf.class).description()).endsWith(".");
    assertThat(Modifier.isPublic(variant.getModifiers())).isTrue();
    for (Parameter parameter : variant.getParameters()) {
      assertThat(parameter.isNamePresent()).as("compiled with -parameters").isTrue();
      UdfParameter description = parameter.getAnnotation(UdfParameter.class);
      assertThat(description.value()).matches("[a-z_]+");
      assertThat(description.description()).isNotBlank();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void takesNullForEveryParameter(Method variant) {
    assertThat(variant.getParameterTypes()).noneMatch(Class::isPrimitive);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void neverReturnsNullWhereItReturnsABoolean(Method variant) {
    // ksqlDB's WHERE cannot survive a function that returns NULL instead of a boolean.
    assertThat(variant.getReturnType()).isNotEqualTo(Boolean.class);
  }

  /**
   * Whatever types the arguments have, ksqlDB finds at most one variant for them: it takes those
   * that match exactly or, if none does, those that match after widening, and refuses a choice.
   */
  @ParameterizedTest
  @MethodSource("functions")
  void leavesKsqlDbNoChoiceBetweenVariants(Class<?> function) {
    List<List<SqlBaseType>> signatures =
        DeployedFunctions.variantsOf(function).stream()
            .map(FunctionDescriptionsTest::signature)
            .toList();
    Map<Integer, Long> variantsByArity =
        signatures.stream().collect(groupingBy(List::size, counting()));
    variantsByArity.values().removeIf(variants -> variants == 1); // nothing to choose from
    for (int arity : variantsByArity.keySet()) {
      for (List<SqlBaseType> arguments : argumentLists(arity)) {
        long exact = signatures.stream().filter(s -> accepts(s, arguments, false)).count();
        long widened = signatures.stream().filter(s -> accepts(s, arguments, true)).count();

        assertThat(exact > 0 ? exact : widened).as("%s%s", function, arguments).isLessThan(2);
      }
    }
  }

  /**
   * The literal NULL has no type. Where payloads may be text or bytes, and features a STRUCT or a
   * MAP, it would not tell which.
   */
  @Test
  void resolvesTheLiteralNullButWhereAValueMayHaveTwoTypes() {
    for (Class<?> function : DeployedFunctions.all()) {
      List<Integer> arities =
          DeployedFunctions.variantsOf(function).stream().map(Method::getParameterCount).toList();

      if (function != RejectionReason.class && !takesAnyFeatures(function)) {
        assertThat(arities).as(function.toString()).doesNotHaveDuplicates();
      }
    }
  }

  private static boolean takesAnyFeatures(Class<?> function) {
    return DeployedFunctions.variantsOf(function).stream()
        .anyMatch(variant -> signature(variant).contains(SqlBaseType.MAP));
  }

  @Test
  void judgesAmountsOfEveryNumericType() {
    for (SqlBaseType number : SqlBaseType.numbers().toList()) {
      List<SqlBaseType> arguments = List.of(number, SqlBaseType.STRING, SqlBaseType.STRING);

      assertThat(DeployedFunctions.variantsOf(IsFraud.class))
          .filteredOn(variant -> accepts(signature(variant), arguments, true))
          .hasSize(1);
    }
  }

  static List<Class<?>> functions() {
    return DeployedFunctions.all();
  }

  static List<Method> variants() {
    return functions().stream()
        .flatMap(function -> DeployedFunctions.variantsOf(function).stream())
        .toList();
  }

  private static List<SqlBaseType> signature(Method variant) {
    return Arrays.stream(variant.getGenericParameterTypes()).map(SqlTypeNames::baseTypeOf).toList();
  }

  private static boolean accepts(
      List<SqlBaseType> signature, List<SqlBaseType> arguments, boolean widening) {
    if (signature.size() != arguments.size()) {
      return false;
    }
    for (int index = 0; index < signature.size(); index++) {
      SqlBaseType argument = arguments.get(index);
      SqlBaseType parameter = signature.get(index);
      if (argument != parameter && !(widening && argument.canImplicitlyCast(parameter))) {
        return false;
      }
    }
    return true;
  }

  private static List<List<SqlBaseType>> argumentLists(int length) {
    List<List<SqlBaseType>> lists = List.of(List.of());
    for (int index = 0; index < length; index++) {
      List<List<SqlBaseType>> longer = new ArrayList<>();
      for (List<SqlBaseType> list : lists) {
        for (SqlBaseType type : SqlBaseType.values()) {
          List<SqlBaseType> extended = new ArrayList<>(list);
          extended.add(type);
          longer.add(extended);
        }
      }
      lists = longer;
    }
    return lists;
  }
}
