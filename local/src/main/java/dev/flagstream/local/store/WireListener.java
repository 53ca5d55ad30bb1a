package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoDatabaseHandler;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * Listens for clients that speak MongoDB's wire protocol, as the library's server does, but for
 * {@link WireRequests} and {@link WireAnswers}. One of a fixed number of threads serves a
 * connection, its requests one after the other.
 */
final class WireListener implements AutoCloseable {

  private static final int BACKLOG = 100;
  private static final long PATIENCE_SECONDS = 5;

  private final MongoBackend backend;
  private final EventLoopGroup acceptor = threads("store-acceptor", 1);
  private final EventLoopGroup workers;
  private final ChannelGroup clients =
      new DefaultChannelGroup("store-clients", GlobalEventExecutor.INSTANCE);

  private WireListener(MongoBackend backend, int threads) {
    this.backend = backend;
    this.workers = threads("store-worker", threads);
  }

  /**
   * Begins to listen. The backend is closed with the listener, and if it cannot listen.
   *
   * @param threads how many serve clients
   */
  static WireListener listen(MongoBackend backend, InetSocketAddress address, int threads) {
    WireListener listener = new WireListener(backend, threads);
    try {
      listener.bind(address);
      return listener;
    } catch (RuntimeException e) {
      // Its threads would keep the process alive for ever.
      listener.close();
      throw e;
    }
  }

  private void bind(InetSocketAddress address) {
    clients.add(
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    prepare(client);
                  }
                })
            .bind(address)
            .syncUninterruptibly()
            .channel());
  }

  private void prepare(Channel client) {
    client
        .pipeline()
        .addLast(
            new MongoWireReplyEncoder(),
            new WireAnswers(),
            new WireRequests(),
            new MongoDatabaseHandler(backend, clients),
            new MongoExceptionHandler());
  }

  private static EventLoopGroup threads(String name, int count) {
    return new MultiThreadIoEventLoopGroup(
        count, new DefaultThreadFactory(name), NioIoHandler.newFactory());
  }

  /** Closes every connection, ends the threads that serve them, then closes the backend. */
  @Override
  public void close() {
    clients.close().syncUninterruptibly();
    acceptor.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    workers.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    backend.close();
  }
}
