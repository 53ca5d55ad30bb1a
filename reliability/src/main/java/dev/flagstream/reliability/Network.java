package dev.flagstream.reliability;

import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.Ports;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that lies between the parts: a {@link NetworkLink} for each {@link Link}. So that a client of
 * the broker does not learn of another way to it, the broker has a listener for each, which tells
 * its clients the link's address. Thread-safe.
 */
final class Network implements AutoCloseable {

  private static final String DIRECT = "PLAINTEXT";
  private static final String CONTROLLER = "CONTROLLER";

  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<Link, NetworkLink> links = new EnumMap<>(Link.class);

  /** Where the broker listens for the client of a link. */
  private final Map<Link, Integer> brokerPorts = new EnumMap<>(Link.class);

  private final int kafkaPort;
  private final int controllerPort;

  /**
   * A network for parts that listen on these ports, as far as clients are concerned that no link is
   * for.
   */
  Network(Ports ports) {
    kafkaPort = ports.kafka();
    // All at once, so that they differ.
    Ports free = FreePorts.pick();
    controllerPort = free.mongo();
    Iterator<Integer> ofBroker = List.of(free.kafka(), free.sql(), free.connect()).iterator();
    for (Link link : Link.values()) {
      int serverPort = ports.mongo();
      if (link.server() == Part.BROKER) {
        serverPort = ofBroker.next();
        brokerPorts.put(link, serverPort);
      }
      links.put(link, NetworkLink.to(thread, serverPort));
    }
  }

  NetworkLink link(Link link) {
    return links.get(link);
  }

  /** The ports at which a part finds the others. */
  Ports seenBy(Part client, Ports direct) {
    int kafka = direct.kafka();
    int mongo = direct.mongo();
    for (Link link : Link.values()) {
      if (link.client() == client) {
        int port = links.get(link).port();
        kafka = link.server() == Part.BROKER ? port : kafka;
        mongo = link.server() == Part.STORE ? port : mongo;
      }
    }
    return new Ports(kafka, direct.sql(), direct.connect(), mongo);
  }

  /** The properties by which the broker listens for each of its clients. */
  Map<String, String> ofBroker() {
    List<String> own = List.of(address(DIRECT, kafkaPort), address(CONTROLLER, controllerPort));
    return Map.of(
        "listeners",
        with(own, brokerPorts),
        "advertised.listeners",
        with(
            List.of(address(DIRECT, kafkaPort)),
            brokerPorts.keySet().stream()
                .collect(Collectors.toMap(link -> link, link -> links.get(link).port()))),
        "controller.quorum.voters",
        "1@" + Environment.LOOPBACK + ":" + controllerPort,
        "listener.security.protocol.map",
        Stream.concat(Stream.of(DIRECT, CONTROLLER), brokerPorts.keySet().stream().map(Link::name))
            .map(name -> name + ":PLAINTEXT")
            .collect(Collectors.joining(",")));
  }

  private static String with(List<String> own, Map<Link, Integer> ports) {
    return Stream.concat(
            own.stream(),
            ports.entrySet().stream().map(each -> address(each.getKey().name(), each.getValue())))
        .collect(Collectors.joining(","));
  }

  private static String address(String listener, int port) {
    return listener + "://" + Environment.LOOPBACK + ":" + port;
  }

  @Override
  public void close() {
    links.values().forEach(NetworkLink::close);
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
