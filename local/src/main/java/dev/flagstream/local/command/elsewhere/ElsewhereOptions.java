package dev.flagstream.local.command.elsewhere;

import dev.flagstream.local.settings.StackSettings;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that serve a pipeline which may run on other machines. */
public final class ElsewhereOptions {

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

  @Mixin private MongoElsewhereOptions mongo;

  /** The SQL server's address. */
  public String sqlUrl(StackSettings here) {
    return sqlUrl == null ? here.sqlUrl() : sqlUrl;
  }

  /** Name, colon and password for the SQL server; empty if it asks for none. */
  public Optional<String> sqlLogin() {
    return Optional.ofNullable(sqlLogin);
  }

  /** MongoDB's address. */
  public String mongoUri(StackSettings here) {
    return mongo.mongoUri().orElse(here.mongoUri());
  }
}
