package dev.flagstream.local.command;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options of commands that ask a SQL store which may be elsewhere. */
final class SqlStoreOptions {

  @Option(
      names = "--sql-store-url",
      paramLabel = "URL",
      defaultValue = "${env:FLAGSTREAM_SQL_STORE_URL}",
      description =
          "A SQL store elsewhere, such as jdbc:mysql://127.0.0.1:3306/flagstream. Default: what"
              + " FLAGSTREAM_SQL_STORE_URL says, or PostgreSQL on this machine, at"
              + " --sql-store-port.")
  private String url;

  @Option(
      names = "--sql-store-user",
      paramLabel = "NAME",
      defaultValue = "flagstream",
      description = "Whom it is asked as. Default: ${DEFAULT-VALUE}.")
  private String user;

  @Option(
      names = "--sql-store-password-file",
      paramLabel = "FILE",
      description = "Where its password is; not for a local stack. Default: without a password.")
  private Path passwordFile;

  /** Its being there says that decisions are rows, too. */
  private static final String SINK = "decisions-sql";

  /**
   * The store that was named, or that there is a sink to.
   *
   * @param sinks the names of those that Connect has
   */
  Optional<SqlStoreClient> client(StackSettings here, int port, Set<String> sinks) {
    return address(here)
        .or(() -> sinks.contains(SINK) ? here.withSqlStore(port).sqlStore() : Optional.empty())
        .map(address -> SqlStoreClient.of(here, address));
  }

  /** The store that was named; empty if there is none elsewhere, and none here. */
  Optional<SqlStoreAddress> address(StackSettings here) {
    return url == null ? here.sqlStore() : Optional.of(new SqlStoreAddress(url, user, password()));
  }

  private String password() {
    if (passwordFile == null) {
      return "";
    }
    try {
      return Files.readString(passwordFile).strip();
    } catch (IOException e) {
      throw new StackException(
          "The password of the SQL store cannot be read from %s: %s. Give its file with --sql-store-password-file."
              .formatted(passwordFile, e),
          e);
    }
  }
}
