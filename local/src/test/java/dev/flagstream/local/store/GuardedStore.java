package dev.flagstream.local.store;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import dev.flagstream.local.security.Certificates;
import dev.flagstream.local.settings.Environment;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;

/**
 * The local store's documents behind what MongoDB has in front of its own: TLS, and a user who
 * proves the password by SCRAM-SHA-256. Answers nothing else before. What it says of a wrong
 * password is what mongod says.
 */
public final class GuardedStore implements AutoCloseable {

  public static final String USER = "flagstream";
  public static final String PASSWORD = "right";

  private static final int ITERATIONS = 4_096;
  private static final Set<String> BEFORE_LOGIN = Set.of("hello", "ismaster", "isMaster", "ping");
  private static final AttributeKey<SaslServer> LOGIN = AttributeKey.valueOf("store-login");

  private final MongoBackend documents;
  private final ScramCredential credential;
  private final MongoServer server;

  private GuardedStore(Path data, Certificates certificates) throws Exception {
    documents = new RocksBackend(DocumentFiles.open(data));
    credential =
        new ScramFormatter(ScramMechanism.SCRAM_SHA_256).generateCredential(PASSWORD, ITERATIONS);
    server =
        new MongoServer(
            (MongoBackend)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {MongoBackend.class},
                    (proxy, method, arguments) -> {
                      if (method.getName().equals("handleMessage")) {
                        return handle((MongoMessage) arguments[0]);
                      }
                      try {
                        return method.invoke(documents, arguments);
                      } catch (InvocationTargetException e) {
                        throw e.getCause();
                      }
                    }));
    server.enableSsl(
        (PrivateKey)
            certificates
                .keyStore(Certificates.SERVER)
                .getKey(Certificates.SERVER, Certificates.PASSWORD.toCharArray()),
        null,
        (X509Certificate)
            certificates.keyStore(Certificates.SERVER).getCertificate(Certificates.SERVER));
  }

  /** Starts one on any free port. */
  public static GuardedStore start(Path data, Certificates certificates) throws Exception {
    GuardedStore store = new GuardedStore(data, certificates);
    store.server.bind("127.0.0.1", 0);
    return store;
  }

  /** Where it is, for a user with this password, in the words of MongoDB's connection strings. */
  public String uri(String password) {
    return "mongodb://%s:%s@127.0.0.1:%d/?authSource=admin&authMechanism=SCRAM-SHA-256&tls=true&serverSelectionTimeoutMS=5000"
        .formatted(USER, password, server.getLocalAddress().getPort());
  }

  private Document handle(MongoMessage message) throws MongoServerError, NoSuchAlgorithmException {
    Document command = message.getDocument();
    String name = command.keySet().iterator().next();
    Channel client = message.getChannel();
    if (name.equals("saslStart")) {
      client
          .attr(LOGIN)
          .set(new ScramSaslServer(ScramMechanism.SCRAM_SHA_256, Map.of(), this::answer));
    }
    SaslServer login = client.attr(LOGIN).get();
    if (name.startsWith("sasl") && login != null) {
      return converse(login, ((BinData) command.get("payload")).getData());
    }
    if (!BEFORE_LOGIN.contains(name) && (login == null || !login.isComplete())) {
      throw new MongoServerError(
          13, "Unauthorized", "Command " + name + " requires authentication");
    }
    return name.equals("connectionStatus") ? rights() : documents.handleMessage(message);
  }

  /** What the sink asks for before it begins: readWrite on the pipeline's database. */
  private static Document rights() {
    Document user = new Document("user", USER).append("db", "admin");
    Document role = new Document("role", "readWrite").append("db", Environment.DATABASE);
    Document privilege =
        new Document("resource", new Document("db", Environment.DATABASE).append("collection", ""))
            .append("actions", List.of("find", "insert", "remove", "update"));
    return new Document(
            "authInfo",
            new Document("authenticatedUsers", List.of(user))
                .append("authenticatedUserRoles", List.of(role))
                .append("authenticatedUserPrivileges", List.of(privilege)))
        .append("ok", 1.0);
  }

  private static Document converse(SaslServer login, byte[] payload) throws MongoServerError {
    try {
      byte[] answer = login.evaluateResponse(payload);
      return new Document("conversationId", 1)
          .append("done", login.isComplete())
          .append("payload", new BinData(answer))
          .append("ok", 1.0);
    } catch (SaslException | SaslAuthenticationException e) {
      throw new MongoServerError(18, "AuthenticationFailed", "Authentication failed.");
    }
  }

  private void answer(Callback[] callbacks) {
    boolean known = true;
    for (Callback each : callbacks) {
      if (each instanceof NameCallback name) {
        known = name.getDefaultName().equals(USER);
      } else if (each instanceof ScramCredentialCallback asked) {
        asked.scramCredential(known ? credential : null);
      }
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
