package dev.flagstream.local.command;

import dev.flagstream.local.settings.StackSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of commands that serve a pipeline which may run on other machines. */
final class ElsewhereOptions {

  @Option(
      names = "--sql-url",
      paramLabel = "URL",
      description = "A SQL server elsewhere. Default: on this machine, at --sql-port.")
  private String sqlUrl;

  @Option(
      names = "--sql-login",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "${env:FLAGSTREAM_SQL_LOGIN}",
      description =
          "Name and password for a SQL server with basic authentication. Default: what"
              + " FLAGSTREAM_SQL_LOGIN says.")
  private String sqlLogin;

  @Option(
      names = "--mongo-uri",
      paramLabel = "URI",
      defaultValue = "${env:FLAGSTREAM_MONGO_URI}",
      description =
          "A MongoDB elsewhere. Default: what FLAGSTREAM_MONGO_URI says, or on this machine, at"
              + " --mongo-port.")
  private String mongoUri;

  /** The SQL server's address. */
  String sqlUrl(StackSettings here) {
    return sqlUrl == null ? here.sqlUrl() : sqlUrl;
  }

  /** Name, colon and password for the SQL server; empty if it asks for none. */
  Optional<String> sqlLogin() {
    return Optional.ofNullable(sqlLogin);
  }

  /** MongoDB's address. */
  String mongoUri(StackSettings here) {
    return mongoUri == null ? here.mongoUri() : mongoUri;
  }
}
