package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.FunctionCatalog.FunctionDescription;
import dev.flagstream.engine.function.FunctionCatalog.Variant;
import dev.flagstream.engine.statement.entity.Entity;
import dev.flagstream.engine.statement.entity.Entity.FunctionArgument;
import dev.flagstream.engine.statement.entity.Entity.FunctionName;
import dev.flagstream.engine.statement.entity.Entity.FunctionVariant;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import java.util.List;

/** Answers SHOW FUNCTIONS and DESCRIBE FUNCTION. */
public final class FunctionListing {

  private final FunctionCatalog functions;

  public FunctionListing(FunctionCatalog functions) {
    this.functions = functions;
  }

  Entity list(String text) {
    return new Entity.Functions(
        text,
        functions.descriptions().stream()
            .map(f -> new FunctionName(f.name(), f.kind().name(), f.category()))
            .toList(),
        List.of());
  }

  Entity describe(String text, String name) {
    FunctionDescription function =
        functions.descriptions().stream()
            .filter(candidate -> candidate.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    RequestException.generic(
                        Code.BAD_REQUEST,
                        "Can't find any functions with the name '%s'".formatted(name)));
    return new Entity.DescribedFunction(
        text,
        function.name(),
        function.description(),
        function.author(),
        function.version(),
        function.path(),
        function.variants().stream().map(FunctionListing::variant).toList(),
        function.kind().name(),
        List.of());
  }

  private static FunctionVariant variant(Variant variant) {
    return new FunctionVariant(
        variant.parameters().stream()
            .map(p -> new FunctionArgument(p.name(), p.type(), p.description(), p.variadic()))
            .toList(),
        variant.returnType(),
        variant.description(),
        variant.parameters().stream().map(FunctionCatalog.Parameter::type).toList());
  }
}
