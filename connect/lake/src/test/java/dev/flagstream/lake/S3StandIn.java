package dev.flagstream.lake;

import java.net.URI;
import java.util.Locale;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An object store in this process, which keeps its objects in memory, also while it is stopped. Its
 * credentials are where Amazon's client looks, in the properties of the process.
 */
final class S3StandIn {

  static final String BUCKET = "flagstream";

  private static final String KEY_PROPERTY = "aws.accessKeyId";
  private static final String SECRET_PROPERTY = "aws.secretAccessKey";
  private static final String KEY = "stand-in";
  private static final String SECRET = "of-no-value";

  private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
  private S3Proxy server;
  private int port;

  private S3StandIn() {}

  /** One that runs, with an empty bucket. */
  static S3StandIn start() throws Exception {
    S3StandIn started = new S3StandIn();
    started.goOn();
    giveCredentials(SECRET);
    try (S3Client client =
        S3Client.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .endpointOverride(started.endpoint())
            .forcePathStyle(true)
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)))
            .build()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
    return started;
  }

  private static void giveCredentials(String secret) {
    System.setProperty(KEY_PROPERTY, KEY);
    System.setProperty(SECRET_PROPERTY, secret);
  }

  /** The right ones are in their place again afterwards. */
  static void withoutItsCredentials(String secret, Step step) throws Exception {
    giveCredentials(secret);
    try {
      step.run();
    } finally {
      giveCredentials(SECRET);
    }
  }

  /** A part of a test. */
  interface Step {
    void run() throws Exception;
  }

  /** Runs again where it ran, with the objects that it had. */
  void goOn() throws Exception {
    server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .blobStore(objects)
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
            .build();
    server.start();
    port = server.getPort();
  }

  void stop() throws Exception {
    server.stop();
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The address of a lake in its bucket. */
  String url(String prefix) {
    return String.format(Locale.ROOT, "s3://%s/%s?endpoint=%s", BUCKET, prefix, endpoint());
  }

  /** Ends it; its objects are gone. */
  void end() throws Exception {
    System.clearProperty(KEY_PROPERTY);
    System.clearProperty(SECRET_PROPERTY);
    server.stop();
  }
}
