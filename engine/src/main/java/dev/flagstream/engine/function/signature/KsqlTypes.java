package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.type.SqlType;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlArray;
import io.confluent.ksql.schema.ksql.types.SqlDecimal;
import io.confluent.ksql.schema.ksql.types.SqlIntervalUnit;
import io.confluent.ksql.schema.ksql.types.SqlLambda;
import io.confluent.ksql.schema.ksql.types.SqlLambdaResolved;
import io.confluent.ksql.schema.ksql.types.SqlMap;
import io.confluent.ksql.schema.ksql.types.SqlPrimitiveType;
import io.confluent.ksql.schema.ksql.types.SqlStruct;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.util.List;

/** Turns the engine's types into those that ksqlDB's API shows to functions, and back. */
public final class KsqlTypes {

  private KsqlTypes() {}

  /** The API's type for one of the engine's. */
  public static io.confluent.ksql.schema.ksql.types.SqlType toApi(SqlType type) {
    if (type instanceof SqlType.Decimal decimal) {
      return SqlTypes.decimal(decimal.precision(), decimal.scale());
    }
    if (type instanceof SqlType.Array array) {
      return SqlTypes.array(toApi(array.element()));
    }
    if (type instanceof SqlType.Map map) {
      return SqlTypes.map(toApi(map.key()), toApi(map.value()));
    }
    if (type instanceof SqlType.Struct struct) {
      SqlStruct.Builder builder = SqlTypes.struct();
      struct.fields().forEach(field -> builder.field(field.name(), toApi(field.type())));
      return builder.build();
    }
    return SqlPrimitiveType.of(type.base().name());
  }

  /** The engine's type for one of the API's. */
  public static SqlType fromApi(io.confluent.ksql.schema.ksql.types.SqlType type) {
    if (type instanceof SqlDecimal decimal) {
      return new SqlType.Decimal(decimal.getPrecision(), decimal.getScale());
    }
    if (type instanceof SqlArray array) {
      return new SqlType.Array(fromApi(array.getItemType()));
    }
    if (type instanceof SqlMap map) {
      return new SqlType.Map(fromApi(map.getKeyType()), fromApi(map.getValueType()));
    }
    if (type instanceof SqlStruct struct) {
      return new SqlType.Struct(
          struct.fields().stream()
              .map(field -> new SqlType.Field(field.name(), fromApi(field.type())))
              .toList());
    }
    return new SqlType.Primitive(SqlType.BaseType.valueOf(type.baseType().name()));
  }

  /** The arguments of a call, as schema providers and aggregate functions receive them. */
  public static List<SqlArgument> toApi(List<Argument> arguments) {
    return arguments.stream().map(KsqlTypes::toApi).toList();
  }

  private static SqlArgument toApi(Argument argument) {
    if (argument instanceof Argument.IntervalUnit) {
      return SqlArgument.of(SqlIntervalUnit.INSTANCE);
    }
    if (argument instanceof Argument.UntypedLambda lambda) {
      return SqlArgument.of(SqlLambda.of(lambda.parameterCount()));
    }
    if (argument instanceof Argument.LambdaArgument lambda) {
      return SqlArgument.of(
          SqlLambdaResolved.of(
              lambda.parameters().stream().map(KsqlTypes::toApi).toList(), toApi(lambda.result())));
    }
    SqlType type = Bindings.valueType(argument);
    return SqlArgument.of(type == null ? null : toApi(type), null);
  }
}
