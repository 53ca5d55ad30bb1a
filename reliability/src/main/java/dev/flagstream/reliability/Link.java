package dev.flagstream.reliability;

/** Who talks to whom over a network that can be cut: a client and its server. */
enum Link {
  SQL_TO_BROKER(Part.SQL, Part.BROKER),
  CONNECT_TO_BROKER(Part.CONNECT, Part.BROKER),
  GENERATOR_TO_BROKER(Part.GENERATOR, Part.BROKER),
  CONNECT_TO_STORE(Part.CONNECT, Part.STORE);

  private final Part client;
  private final Part server;

  Link(Part client, Part server) {
    this.client = client;
    this.server = server;
  }

  Part client() {
    return client;
  }

  Part server() {
    return server;
  }

  /** The link of a client to a server. */
  static Link between(Part client, Part server) {
    for (Link link : values()) {
      if (link.client == client && link.server == server) {
        return link;
      }
    }
    throw new IllegalArgumentException(
        "No network lies between " + client.title() + " and " + server.title());
  }
}
