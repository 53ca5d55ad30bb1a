package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.ast.Expression.TypeName.Known;
import dev.flagstream.engine.ast.Expression.TypeName.NamedType;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlGrammarBaseVisitor;
import dev.flagstream.engine.type.SqlType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Builds types as written; one that names no custom type is known as a whole. */
final class TypeBuilder extends SqlGrammarBaseVisitor<TypeName> {

  private static final Map<String, SqlType> BUILT_IN =
      Map.ofEntries(
          Map.entry("BOOLEAN", SqlType.BOOLEAN),
          Map.entry("INT", SqlType.INTEGER),
          Map.entry("INTEGER", SqlType.INTEGER),
          Map.entry("BIGINT", SqlType.BIGINT),
          Map.entry("DOUBLE", SqlType.DOUBLE),
          Map.entry("VARCHAR", SqlType.STRING),
          Map.entry("STRING", SqlType.STRING),
          Map.entry("BYTES", SqlType.BYTES),
          Map.entry("TIME", SqlType.TIME),
          Map.entry("DATE", SqlType.DATE),
          Map.entry("TIMESTAMP", SqlType.TIMESTAMP));

  private final SyntaxErrors errors;
  private final WrittenNames names;

  TypeBuilder(SyntaxErrors errors, WrittenNames names) {
    this.errors = errors;
    this.names = names;
  }

  TypeName build(SqlGrammar.TypeContext type) {
    return type.accept(this);
  }

  @Override
  public TypeName visitArrayType(SqlGrammar.ArrayTypeContext type) {
    return arrayOf(build(type.type()));
  }

  @Override
  public TypeName visitPostfixArrayType(SqlGrammar.PostfixArrayTypeContext type) {
    return arrayOf(build(type.type()));
  }

  private static TypeName arrayOf(TypeName element) {
    return element instanceof Known known
        ? new Known(new SqlType.Array(known.type()))
        : new TypeName.ArrayOf(element);
  }

  @Override
  public TypeName visitMapType(SqlGrammar.MapTypeContext type) {
    TypeName key = build(type.key);
    TypeName value = build(type.mapped);
    return key instanceof Known knownKey && value instanceof Known knownValue
        ? new Known(new SqlType.Map(knownKey.type(), knownValue.type()))
        : new TypeName.MapOf(key, value);
  }

  @Override
  public TypeName visitStructType(SqlGrammar.StructTypeContext type) {
    List<NamedType> fields =
        type.typeField().stream()
            .map(f -> new NamedType(names.identifier(f.identifier()), build(f.type())))
            .toList();
    checkNames(type, fields);
    return fields.stream().allMatch(f -> f.type() instanceof Known)
        ? new Known(new SqlType.Struct(fields.stream().map(TypeBuilder::knownField).toList()))
        : new TypeName.StructOf(fields);
  }

  private void checkNames(SqlGrammar.StructTypeContext type, List<NamedType> fields) {
    Map<String, String> shown = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      SqlGrammar.TypeFieldContext written = type.typeField(i);
      String field = shown(fields.get(i), written);
      String earlier = shown.put(fields.get(i).name(), field);
      if (earlier != null) {
        throw errors.invalid(
            Positions.of(written),
            written.getText(),
            "Duplicate field names found in STRUCT: '%s' and '%s'".formatted(earlier, field));
      }
    }
  }

  private static String shown(NamedType field, SqlGrammar.TypeFieldContext written) {
    return field.type() instanceof Known
        ? knownField(field).toString()
        : "`" + field.name() + "` " + written.type().getText();
  }

  private static SqlType.Field knownField(NamedType field) {
    return new SqlType.Field(field.name(), ((Known) field.type()).type());
  }

  @Override
  public TypeName visitNamedType(SqlGrammar.NamedTypeContext type) {
    String name = names.identifier(type.identifier());
    // As with custom types, the case does not matter, quoted or not.
    SqlType builtIn = BUILT_IN.get(name.toUpperCase(Locale.ROOT));
    return builtIn == null ? new TypeName.Custom(Positions.of(type), name) : new Known(builtIn);
  }

  @Override
  public TypeName visitDecimalType(SqlGrammar.DecimalTypeContext type) {
    int precision = Numbers.smallInteger(errors, type.precision);
    int scale = Numbers.smallInteger(errors, type.scale);
    if (precision < 1) {
      throw invalid(type, "DECIMAL precision must be >= 1");
    }
    if (precision < scale) {
      throw invalid(type, "DECIMAL precision must be >= scale");
    }
    return new Known(new SqlType.Decimal(precision, scale));
  }

  private SqlSyntaxException invalid(SqlGrammar.DecimalTypeContext type, String rule) {
    return errors.invalid(Positions.of(type), type.getText(), rule + ": " + type.getText());
  }
}
