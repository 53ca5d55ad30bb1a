package dev.flagstream.local.sqlstore;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.ServiceLoader;

/**
 * Connects to a SQL store by the drivers that the sink's plug-in has, which are on no class path.
 * Thread-safe.
 */
public final class SqlStoreClient {

  private final SqlStoreAddress address;
  private final Driver driver;

  private SqlStoreClient(SqlStoreAddress address, Driver driver) {
    this.address = address;
    this.driver = driver;
  }

  /**
   * A client of the store at an address; it connects to nothing yet.
   *
   * @throws StackException if the plug-in is not there or has no driver for the address
   */
  public static SqlStoreClient of(StackSettings settings, SqlStoreAddress address) {
    Path folder = settings.sqlSinkPlugins().resolve("sql");
    if (!Files.isDirectory(folder)) {
      throw new StackException(
          "The drivers of SQL databases are not in %s. Build them: mvn package -DskipTests -pl connect/sql"
              .formatted(folder));
    }
    // It stays open for as long as the process lives: a driver loads classes at any time.
    URLClassLoader loader = new URLClassLoader(jars(folder), Driver.class.getClassLoader());
    for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
      if (accepts(driver, address.url())) {
        return new SqlStoreClient(address, driver);
      }
    }
    throw new StackException(
        "No driver in %s knows the address %s, which must begin with jdbc:postgresql:, jdbc:mysql: or jdbc:mariadb:"
            .formatted(folder, address.url()));
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  private static URL[] jars(Path folder) {
    List<URL> urls = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        urls.add(url(jar));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
    return urls.toArray(URL[]::new);
  }

  private static URL url(Path jar) throws MalformedURLException {
    return jar.toUri().toURL();
  }

  /**
   * A new connection, which the caller closes.
   *
   * @throws SQLException if the store does not answer or refuses
   */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", address.password());
    Connection connection = driver.connect(address.url(), properties);
    if (connection == null) {
      throw new SQLException("The driver does not know the address " + address.url());
    }
    return connection;
  }
}
