package dev.flagstream.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.client.SqlClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The functions of the project's UDF jar, as a running SQL server describes them. */
public final class ServerFunctions {

  /** The category that the UDF jar gives its functions. */
  private static final String CATEGORY = "FRAUD";

  private ServerFunctions() {}

  /** One line for each variant: name, parameters, result, and the jar it came from. */
  public static List<String> describe(SqlClient server) {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : server.execute("SHOW FUNCTIONS;")) {
      elements(answer.path("functions")).stream()
          .filter(function -> CATEGORY.equals(function.path("category").asText()))
          .map(function -> function.path("name").asText())
          .sorted()
          .forEach(name -> lines.addAll(describe(server, name)));
    }
    return lines;
  }

  private static List<String> describe(SqlClient server, String name) {
    List<String> lines = new ArrayList<>();
    for (JsonNode answer : server.execute("DESCRIBE FUNCTION " + name + ";")) {
      for (JsonNode variant : answer.path("functions")) {
        lines.add(
            "%s(%s) -> %s   [%s]"
                .formatted(
                    name,
                    parameters(variant),
                    variant.path("returnType").asText(),
                    answer.path("path").asText()));
      }
    }
    return lines;
  }

  private static String parameters(JsonNode variant) {
    return elements(variant.path("arguments")).stream()
        .map(argument -> argument.path("name").asText() + " " + argument.path("type").asText())
        .collect(Collectors.joining(", "));
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
