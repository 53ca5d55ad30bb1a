package dev.flagstream.local.settings;

import java.util.Objects;

/**
 * A database that decisions are stored in as rows.
 *
 * @param url as JDBC has it, without user and password, such as {@code
 *     jdbc:postgresql://127.0.0.1:5432/flagstream}
 * @param user whom it is asked as
 * @param password empty if it asks for none; in no text of this record
 */
public record SqlStoreAddress(String url, String user, String password) {

  /** The database, the user and the schema of the tables are called so everywhere. */
  static final String NAME = "flagstream";

  public SqlStoreAddress {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
  }

  /** The local stack's own, which listens on loopback alone and asks for no password. */
  static SqlStoreAddress local(int port) {
    return new SqlStoreAddress(
        "jdbc:postgresql://%s:%d/%s".formatted(Environment.LOOPBACK, port, NAME), NAME, "");
  }

  @Override
  public String toString() {
    return url + " as " + user;
  }
}
