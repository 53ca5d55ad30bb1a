package dev.flagstream.local.settings;

/**
 * The four TCP ports of the stack, all on loopback.
 *
 * @param kafka the broker's listener
 * @param sql the SQL server's REST API
 * @param connect the Connect worker's REST API
 * @param mongo the store's MongoDB wire protocol
 */
public record Ports(int kafka, int sql, int connect, int mongo) {

  /** The ports every client of the stack expects. */
  public static final Ports DEFAULT = new Ports(9092, 8088, 8083, 27017);

  public Ports {
    check("kafka", kafka);
    check("sql", sql);
    check("connect", connect);
    check("mongo", mongo);
  }

  static boolean isPort(int number) {
    return number >= 1 && number <= 65_535;
  }

  private static void check(String component, int port) {
    if (!isPort(port)) {
      throw new IllegalArgumentException(
          "--" + component + "-port is " + port + "; a port lies between 1 and 65535");
    }
  }
}
