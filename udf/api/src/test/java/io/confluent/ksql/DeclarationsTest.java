package io.confluent.ksql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import io.confluent.ksql.function.udaf.VariadicArgs;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udf.UdfSchemaProvider;
import io.confluent.ksql.function.udtf.Udtf;
import io.confluent.ksql.function.udtf.UdtfDescription;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlBaseType;
import io.confluent.ksql.schema.ksql.types.SqlDecimal;
import io.confluent.ksql.schema.ksql.types.SqlLambda;
import io.confluent.ksql.schema.ksql.types.SqlLambdaResolved;
import io.confluent.ksql.schema.ksql.types.SqlPrimitiveType;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import io.confluent.ksql.schema.utils.DataException;
import io.confluent.ksql.schema.utils.FormatOptions;
import io.confluent.ksql.schema.utils.SchemaException;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeclarationsTest {

  /** What a member that has no default looks like in {@link #members}. */
  private static final String REQUIRED = "(required)";

  @ParameterizedTest
  @ValueSource(
      classes = {
        UdfDescription.class,
        Udf.class,
        UdfParameter.class,
        UdfSchemaProvider.class,
        UdafDescription.class,
        UdafFactory.class,
        UdtfDescription.class,
        Udtf.class
      })
  void keepsEveryAnnotationAtRunTime(Class<? extends Annotation> annotation) {
    assertThat(annotation.getAnnotation(Retention.class).value())
        .isEqualTo(RetentionPolicy.RUNTIME);
  }

  @ParameterizedTest
  @CsvSource({
    "io.confluent.ksql.function.udf.UdfDescription, OTHER",
    "io.confluent.ksql.function.udaf.UdafDescription, AGGREGATE",
    "io.confluent.ksql.function.udtf.UdtfDescription, TABLE"
  })
  void describesFunctionsOfEachKindAlike(Class<?> annotation, String defaultCategory) {
    assertThat(members(annotation))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "name", REQUIRED,
                "description", REQUIRED,
                "category", defaultCategory,
                "author", "",
                "version", ""));
  }

  @Test
  void leavesEveryMemberOfVariantsAndParametersOptional() {
    assertThat(members(Udf.class).keySet())
        .containsExactly("description", "schema", "schemaProvider");
    assertThat(members(Udf.class)).doesNotContainValue(REQUIRED);
    assertThat(members(Udtf.class)).isEqualTo(members(Udf.class));
    assertThat(members(UdfParameter.class).keySet())
        .containsExactly("description", "schema", "value");
    assertThat(members(UdfParameter.class)).doesNotContainValue(REQUIRED);
  }

  @Test
  void asksAggregateFactoriesForADescriptionOnly() {
    assertThat(members(UdafFactory.class))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "description", REQUIRED,
                "paramSchema", "[]",
                "aggregateSchema", "",
                "returnSchema", ""));
  }

  @Test
  void asksAnAggregateFunctionForFourMethodsOnly() {
    assertThat(Udaf.class.getDeclaredMethods())
        .filteredOn(method -> !method.isDefault())
        .extracting(Method::getName)
        .containsExactlyInAnyOrder("initialize", "aggregate", "merge", "map");
  }

  @Test
  void keepsVariadicArgumentsThatAreNull() {
    VariadicArgs<String> arguments = new VariadicArgs<>(Arrays.asList("a", null));

    assertThat(arguments).containsExactly("a", null);
    assertThat(arguments.size()).isEqualTo(2);
    assertThat(arguments.get(1)).isNull();
    assertThatThrownBy(() -> arguments.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void printsNestedTypesAsSql() {
    SqlType type =
        SqlTypes.struct()
            .field("amount", SqlTypes.decimal(10, 2))
            .field("tags", SqlTypes.map(SqlTypes.STRING, SqlTypes.array(SqlTypes.BYTES)))
            .build();

    assertThat(type.toString(FormatOptions.noEscape()))
        .isEqualTo("STRUCT<amount DECIMAL(10, 2), tags MAP<STRING, ARRAY<BYTES>>>");
    assertThat(type)
        .hasToString("STRUCT<`amount` DECIMAL(10, 2), `tags` MAP<STRING, ARRAY<BYTES>>>");
  }

  @Test
  void comparesTypesByContent() {
    assertThat(SqlTypes.struct().field("a", SqlTypes.array(SqlTypes.DATE)).build())
        .isEqualTo(SqlTypes.struct().field("a", SqlTypes.array(SqlTypes.DATE)).build())
        .isNotEqualTo(SqlTypes.struct().field("b", SqlTypes.array(SqlTypes.DATE)).build());
    assertThat(SqlLambda.of(1))
        .isEqualTo(SqlLambda.of(1))
        .isNotEqualTo(SqlLambdaResolved.of(List.of(SqlTypes.STRING), SqlTypes.STRING));
  }

  @Test
  void knowsPrimitiveTypesByNameInAnyCase() {
    assertThat(SqlPrimitiveType.of("varchar")).isEqualTo(SqlTypes.STRING);
    assertThat(SqlPrimitiveType.of("Int")).isEqualTo(SqlTypes.INTEGER);
    assertThat(SqlPrimitiveType.of("bytes")).isEqualTo(SqlTypes.BYTES);
    assertThat(SqlPrimitiveType.isPrimitiveTypeName("bigint")).isTrue();
    assertThat(SqlPrimitiveType.isPrimitiveTypeName("array")).isFalse();
    assertThatThrownBy(() -> SqlPrimitiveType.of("money"))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("money");
  }

  @ParameterizedTest
  @CsvSource({
    "INTEGER, DECIMAL, true",
    "BIGINT, DOUBLE, true",
    "DOUBLE, DECIMAL, false",
    "STRING, TIMESTAMP, true",
    "STRING, INTEGER, false",
    "BOOLEAN, BOOLEAN, true"
  })
  void widensNumbersAndParsesTimesImplicitly(SqlBaseType from, SqlBaseType to, boolean allowed) {
    assertThat(from.canImplicitlyCast(to)).isEqualTo(allowed);
  }

  @Test
  void sizesTheResultsOfDecimalArithmetic() {
    SqlDecimal price = SqlTypes.decimal(10, 2);
    SqlDecimal rate = SqlTypes.decimal(4, 3);

    assertThat(SqlDecimal.add(price, rate)).isEqualTo(SqlTypes.decimal(12, 3));
    assertThat(SqlDecimal.multiply(price, rate)).isEqualTo(SqlTypes.decimal(15, 5));
    assertThat(SqlDecimal.divide(price, rate)).isEqualTo(SqlTypes.decimal(18, 7));
    assertThat(SqlDecimal.modulus(price, rate)).isEqualTo(SqlTypes.decimal(4, 3));
  }

  @Test
  void refusesTypesThatCannotBe() {
    assertThatThrownBy(() -> SqlTypes.decimal(2, 3)).isInstanceOf(SchemaException.class);
    assertThatThrownBy(() -> SqlTypes.struct().field("a", SqlTypes.DATE).field("a", SqlTypes.TIME))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("Duplicate field names");
  }

  @Test
  void tellsTheLiteralNullFromALambda() {
    assertThat(SqlArgument.of((SqlType) null).getSqlTypeOrThrow()).isNull();
    assertThatThrownBy(() -> SqlArgument.of(SqlLambda.of(1)).getSqlTypeOrThrow())
        .isInstanceOf(IllegalStateException.class);
  }

  private static Map<String, String> members(Class<?> annotation) {
    Map<String, String> members = new TreeMap<>();
    for (Method member : annotation.getDeclaredMethods()) {
      members.put(member.getName(), defaultOf(member));
    }
    return members;
  }

  private static String defaultOf(Method member) {
    Object value = member.getDefaultValue();
    if (value == null) {
      return REQUIRED;
    }
    return value instanceof String[] strings ? Arrays.toString(strings) : value.toString();
  }
}
