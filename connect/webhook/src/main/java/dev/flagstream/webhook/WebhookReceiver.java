package dev.flagstream.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.errors.ConnectException;

/** Posts to one webhook, signed as standardwebhooks.com says. For one thread at a time. */
final class WebhookReceiver {

  /** Client errors that pass by themselves: request timeout, too early, too many requests. */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final WebhookSettings settings;
  private final Webhook signer;
  private final InstantSource clock;
  private final HttpClient client;

  WebhookReceiver(WebhookSettings settings, InstantSource clock) {
    this.settings = settings;
    this.signer = new Webhook(settings.secret());
    this.clock = clock;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            // An alert goes where it was meant to go, and nowhere else.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /** Posts a record; the same id marks the same record, whenever it comes again. */
  WebhookAnswer post(String id, String body) {
    CompletableFuture<HttpResponse<Void>> sending =
        client.sendAsync(request(id, body), BodyHandlers.discarding());
    try {
      // All of the answer, while the client's own timeout ends with the headers.
      return answer(sending.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS).statusCode());
    } catch (TimeoutException e) {
      sending.cancel(true);
      return new WebhookAnswer.Away("no answer within " + settings.timeout().toMillis() + " ms");
    } catch (ExecutionException e) {
      return new WebhookAnswer.Away("no connection: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectException("interrupted while it waited for the webhook's answer", e);
    }
  }

  private HttpRequest request(String id, String body) {
    long seconds = clock.instant().getEpochSecond();
    try {
      return HttpRequest.newBuilder(settings.url())
          .header("Content-Type", "application/json")
          .header(Webhook.UNBRANDED_MSG_ID_KEY, id)
          .header(Webhook.UNBRANDED_MSG_TIMESTAMP_KEY, Long.toString(seconds))
          .header(Webhook.UNBRANDED_MSG_SIGNATURE_KEY, signer.sign(id, seconds, body))
          .POST(BodyPublishers.ofString(body))
          .build();
    } catch (WebhookSigningException e) {
      throw new ConnectException("the record cannot be signed", e);
    }
  }

  private static WebhookAnswer answer(int status) {
    if (status >= 200 && status < 300) {
      return new WebhookAnswer.Accepted();
    }
    String reason = "the webhook answered with HTTP status " + status;
    return status >= 500 || PASSING.contains(status)
        ? new WebhookAnswer.Away(reason)
        : new WebhookAnswer.Refused(reason);
  }
}
