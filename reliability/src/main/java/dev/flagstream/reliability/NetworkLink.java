package dev.flagstream.reliability;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketChannelConfig;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A stretch of network between a client and a server of this machine, which can be cut while both
 * live: the client connects to {@link #port}, and what either side says is passed on.
 *
 * <p>While it is cut, no byte passes in either direction and no connection ends, as if packets were
 * lost: nobody reads from the sockets, so that what was sent waits in the buffers of the operating
 * system and, once they are full, in its sender. Unlike in a real network, a connection that is
 * begun meanwhile looks established to its client.
 *
 * <p>Its methods may be called from any thread; all else happens on one thread of Netty, which is
 * why nothing here is locked.
 */
// A write or close that fails is of a connection that has ended: its handlers hear of that.
@SuppressWarnings("FutureReturnValueIgnored")
final class NetworkLink implements AutoCloseable {

  private static final long NANOS_PER_MS = 1_000_000;

  private final EventLoopGroup thread;
  private final InetSocketAddress server;
  private final Channel listener;
  private final Set<Connection> connections = new LinkedHashSet<>();

  private boolean cut;
  private long answersTakeMs;

  private NetworkLink(EventLoopGroup thread, int serverPort) {
    this.thread = thread;
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    listener =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel client) {
                    client.pipeline().addLast(new Connection(client));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Begins to listen on a free port.
   *
   * @param thread a group of a single thread, on which everything happens
   * @param serverPort where the server listens, or will listen
   */
  static NetworkLink to(EventLoopGroup thread, int serverPort) {
    return new NetworkLink(thread, serverPort);
  }

  /** Where the client connects to. */
  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** No byte passes from now on. */
  void cut() {
    onItsThread(
        () -> {
          cut = true;
          connections.forEach(Connection::update);
        });
  }

  /** Bytes pass again; those that were sent meanwhile first. */
  void mend() {
    onItsThread(this::mendNow);
  }

  /**
   * Bytes pass again, but on new connections alone: both ends of all others are reset, and what was
   * on its way is lost.
   *
   * @return how many connections were reset
   */
  int mendByReset() {
    int[] reset = new int[1];
    onItsThread(
        () -> {
          List<Connection> all = List.copyOf(connections);
          reset[0] = all.size();
          all.forEach(Connection::reset);
          mendNow();
        });
    return reset[0];
  }

  /** From now on each piece of an answer arrives so much later; 0 for at once. */
  void delayAnswers(long ms) {
    onItsThread(() -> answersTakeMs = ms);
  }

  private void mendNow() {
    cut = false;
    connections.forEach(Connection::update);
  }

  private void onItsThread(Runnable action) {
    thread.submit(action).syncUninterruptibly();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    onItsThread(() -> List.copyOf(connections).forEach(Connection::reset));
  }

  /** A client's connection and the one to the server that belongs to it. */
  private final class Connection extends ChannelInboundHandlerAdapter {

    private final SocketChannel client;

    /** Null until there is one. */
    private Channel onward;

    private boolean connecting;

    /** Also if the connection to the server is still on its way then. */
    private boolean isReset;

    /** When the last piece of an answer arrives that is held back. */
    private long lastArrivalNanos = System.nanoTime();

    private Connection(SocketChannel client) {
      this.client = client;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      connections.add(this);
      update();
    }

    /** Reads where it may be read: from a side whose other side takes what is passed on. */
    private void update() {
      if (onward == null) {
        if (!cut && !connecting) {
          connect();
        }
        return;
      }
      client.config().setAutoRead(!cut && onward.isWritable());
      onward.config().setAutoRead(!cut && client.isWritable());
    }

    private void connect() {
      connecting = true;
      ChannelFuture connected =
          new Bootstrap()
              .group(client.eventLoop())
              .channel(NioSocketChannel.class)
              .option(ChannelOption.AUTO_READ, false)
              .handler(new Answers(this))
              .connect(server);
      connected.addListener(
          (ChannelFutureListener)
              done -> {
                if (isReset) {
                  reset(done.channel());
                } else if (!client.isActive()) {
                  done.channel().close();
                } else if (done.isSuccess()) {
                  onward = done.channel();
                  update();
                } else {
                  client.close();
                }
              });
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      onward.writeAndFlush(bytes);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      update();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      connections.remove(this);
      if (onward != null) {
        closeOnceWritten(onward);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }

    private void answer(Object bytes) {
      long nowNanos = System.nanoTime();
      boolean waiting = lastArrivalNanos - nowNanos > 0;
      if (answersTakeMs == 0 && !waiting) {
        client.writeAndFlush(bytes);
        return;
      }
      // Never before what came before it, whatever that was held back for.
      lastArrivalNanos =
          Math.max(lastArrivalNanos + NANOS_PER_MS, nowNanos + answersTakeMs * NANOS_PER_MS);
      later(() -> client.writeAndFlush(bytes));
    }

    private void later(Runnable action) {
      client
          .eventLoop()
          .schedule(action, lastArrivalNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void ended() {
      lastArrivalNanos = Math.max(lastArrivalNanos, System.nanoTime()) + NANOS_PER_MS;
      later(() -> closeOnceWritten(client));
    }

    private void reset() {
      isReset = true;
      connections.remove(this);
      reset(client);
      if (onward != null) {
        reset(onward);
      }
    }

    private void reset(Channel channel) {
      if (channel.config() instanceof SocketChannelConfig config && channel.isOpen()) {
        config.setSoLinger(0);
      }
      channel.close();
    }

    private void closeOnceWritten(Channel channel) {
      channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** What the server says on one connection. */
  private static final class Answers extends ChannelInboundHandlerAdapter {

    private final Connection connection;

    private Answers(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (connection.client.isActive()) {
        connection.answer(bytes);
      } else {
        ReferenceCountUtil.release(bytes);
      }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      connection.update();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      connection.ended();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
