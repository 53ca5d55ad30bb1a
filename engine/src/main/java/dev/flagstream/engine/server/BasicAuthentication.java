package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flagstream.engine.statement.config.ConfigurationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.URIParameter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;

/**
 * Checks who may use the server, configured by ksqlDB's properties {@code
 * authentication.method=BASIC}, {@code authentication.realm}, {@code authentication.roles} and
 * {@code authentication.skip.paths}. One is our own: whoever has only roles of {@code
 * authentication.read.roles} may ask, and write nothing.
 *
 * <p>The realm is a section of the file that {@code -Djava.security.auth.login.config} names; its
 * PropertyFileLoginModule names a file of users, {@code name: password,role,role}, where a password
 * may be {@code MD5:} and its digest. The file is read once, at the start. Thread-safe.
 */
final class BasicAuthentication {

  private static final String METHOD = "authentication.method";
  private static final String REALM = "authentication.realm";
  private static final String ROLES = "authentication.roles";
  private static final String READ_ROLES = "authentication.read.roles";
  private static final String SKIPPED = "authentication.skip.paths";

  /** The system property of Java's own. */
  private static final String LOGIN_CONFIG = "java.security.auth.login.config";

  private static final String LOGIN_MODULE = "PropertyFileLoginModule";
  private static final String MD5 = "MD5:";
  private static final List<String> UNREADABLE = List.of("OBF:", "CRYPT:");
  private static final Set<String> ANY_ROLE = Set.of("*", "**");
  private static final String BASIC = "basic ";

  /** What becomes of a request. */
  enum Verdict {
    ADMITTED,
    /** Known, and allowed to read. */
    READS_ONLY,
    /** Nobody, or nobody known: a client may ask for a password. */
    UNKNOWN,
    /** Known, but without a role that is asked for. */
    FORBIDDEN
  }

  private record User(String secret, Set<String> roles) {

    boolean hasPassword(String password) throws NoSuchAlgorithmException {
      byte[] given = password.getBytes(UTF_8);
      if (secret.startsWith(MD5)) {
        byte[] digest = MessageDigest.getInstance("MD5").digest(given);
        given = HexFormat.of().formatHex(digest).getBytes(UTF_8);
      }
      String expected =
          secret.startsWith(MD5) ? secret.substring(MD5.length()).toLowerCase(Locale.ROOT) : secret;
      return MessageDigest.isEqual(given, expected.getBytes(UTF_8));
    }
  }

  private final String realm;
  private final Map<String, User> users;
  private final Set<String> roles;
  private final Set<String> readRoles;
  private final Set<String> skippedPaths;

  private BasicAuthentication(
      String realm,
      Map<String, User> users,
      Set<String> roles,
      Set<String> readRoles,
      Set<String> skippedPaths) {
    this.realm = realm;
    this.users = users;
    this.roles = roles;
    this.readRoles = readRoles;
    this.skippedPaths = skippedPaths;
  }

  /**
   * Reads the properties.
   *
   * @return empty if everybody may ask
   * @throws ConfigurationException naming the property or file that is missing or wrong
   */
  static Optional<BasicAuthentication> of(Map<String, String> properties) {
    String method = properties.getOrDefault(METHOD, "NONE").strip();
    if (method.isEmpty() || method.equalsIgnoreCase("NONE")) {
      return Optional.empty();
    }
    if (!method.equalsIgnoreCase("BASIC")) {
      throw new ConfigurationException("%s='%s': must be NONE or BASIC".formatted(METHOD, method));
    }
    String realm = properties.getOrDefault(REALM, "").strip();
    if (realm.isEmpty()) {
      throw new ConfigurationException(
          REALM
              + " is missing: set it to the section of the login configuration (-D"
              + LOGIN_CONFIG
              + ") that names the file of users");
    }
    return Optional.of(
        new BasicAuthentication(
            realm,
            users(usersFile(realm)),
            list(properties.getOrDefault(ROLES, "*")),
            list(properties.getOrDefault(READ_ROLES, "")),
            list(properties.getOrDefault(SKIPPED, ""))));
  }

  private static Set<String> list(String value) {
    return Arrays.stream(value.split(","))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Path usersFile(String realm) {
    String location = System.getProperty(LOGIN_CONFIG, "");
    if (location.isBlank()) {
      throw new ConfigurationException(
          "%s='%s': start the server with -D%s=FILE, a file with a section %s"
              .formatted(REALM, realm, LOGIN_CONFIG, realm));
    }
    AppConfigurationEntry[] modules;
    try {
      modules =
          Configuration.getInstance("JavaLoginConfig", new URIParameter(Path.of(location).toUri()))
              .getAppConfigurationEntry(realm);
    } catch (GeneralSecurityException | SecurityException e) {
      throw new ConfigurationException(
          "%s='%s' cannot be read: %s".formatted(LOGIN_CONFIG, location, e.getMessage()), e);
    }
    if (modules == null || modules.length != 1) {
      throw new ConfigurationException(
          "%s='%s': %s must have a section of this name with one login module"
              .formatted(REALM, realm, location));
    }
    String module = modules[0].getLoginModuleName();
    if (!module.endsWith("." + LOGIN_MODULE)) {
      throw new ConfigurationException(
          "%s='%s': %s names the login module %s; this server knows org.eclipse.jetty.jaas.spi.%s"
              .formatted(REALM, realm, location, module, LOGIN_MODULE));
    }
    Object file = modules[0].getOptions().get("file");
    if (file == null) {
      throw new ConfigurationException(
          "%s='%s': the login module in %s has no option file".formatted(REALM, realm, location));
    }
    return Path.of(file.toString());
  }

  private static Map<String, User> users(Path file) {
    Properties lines = new Properties();
    try (Reader in = Files.newBufferedReader(file, UTF_8)) {
      lines.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigurationException(
          "The file of users %s cannot be read: %s".formatted(file, e), e);
    }
    Map<String, User> users = new HashMap<>();
    for (String name : lines.stringPropertyNames()) {
      String[] parts = lines.getProperty(name).split(",");
      String secret = parts[0].strip();
      if (UNREADABLE.stream().anyMatch(secret::startsWith)) {
        throw new ConfigurationException(
            "The password of %s in %s is in a form that this server does not know: write it as it"
                    .formatted(name, file)
                + " is, or as MD5: and its digest");
      }
      users.put(
          name,
          new User(
              secret,
              Arrays.stream(parts)
                  .skip(1)
                  .map(String::strip)
                  .collect(Collectors.toUnmodifiableSet())));
    }
    return users;
  }

  /** The realm that an unknown client is asked to log in to. */
  String challenge() {
    return "Basic realm=\"" + realm + "\"";
  }

  /**
   * Whether a request may be answered.
   *
   * @param authorization its header of this name; null if it has none
   */
  Verdict verdict(String path, String authorization) {
    if (skippedPaths.contains(path)) {
      return Verdict.ADMITTED;
    }
    return known(authorization).map(this::verdict).orElse(Verdict.UNKNOWN);
  }

  private Verdict verdict(User user) {
    Set<String> writing = new HashSet<>(user.roles());
    writing.removeAll(readRoles);
    boolean mayWrite =
        roles.stream().anyMatch(ANY_ROLE::contains)
            ? user.roles().isEmpty() || !writing.isEmpty()
            : !Collections.disjoint(roles, writing);
    if (mayWrite) {
      return Verdict.ADMITTED;
    }
    return Collections.disjoint(readRoles, user.roles()) ? Verdict.FORBIDDEN : Verdict.READS_ONLY;
  }

  private Optional<User> known(String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(BASIC)) {
      return Optional.empty();
    }
    try {
      String encoded = authorization.substring(BASIC.length()).strip();
      String login = new String(Base64.getDecoder().decode(encoded.getBytes(ISO_8859_1)), UTF_8);
      int colon = login.indexOf(':');
      User user = colon < 0 ? null : users.get(login.substring(0, colon));
      return user != null && user.hasPassword(login.substring(colon + 1))
          ? Optional.of(user)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // That is no Base64.
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
