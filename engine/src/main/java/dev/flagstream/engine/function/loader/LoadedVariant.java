package dev.flagstream.engine.function.loader;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.signature.Signature;
import java.util.ArrayList;
import java.util.List;

/** One variant of a function, as declared. */
interface LoadedVariant {

  /** What it takes. */
  Signature signature();

  /** What it returns, as DESCRIBE FUNCTION prints it. */
  String returnTypeText();

  /** What its annotation says about it. */
  String description();

  /** Its entry in the function's documentation. */
  default FunctionCatalog.Variant describe() {
    List<FunctionCatalog.Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < signature().parameters().size(); i++) {
      Signature.Parameter parameter = signature().parameters().get(i);
      parameters.add(
          new FunctionCatalog.Parameter(
              parameter.name(),
              parameter.type().toString(),
              parameter.description(),
              i == signature().variadicIndex()));
    }
    return new FunctionCatalog.Variant(
        parameters, signature().isVariadic(), returnTypeText(), description());
  }
}
