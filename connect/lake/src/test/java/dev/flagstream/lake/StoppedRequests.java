package dev.flagstream.lake;

import java.util.Set;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * Stops the process at a request that changes an object store, as {@link StoppedStore} does at a
 * change of a folder: before it is sent, or once it is answered.
 */
final class StoppedRequests implements ExecutionInterceptor {

  private static final Set<SdkHttpMethod> CHANGES =
      Set.of(SdkHttpMethod.PUT, SdkHttpMethod.POST, SdkHttpMethod.DELETE);

  private final boolean unanswered;

  /** How many changes are still made. */
  private int left;

  StoppedRequests(int changes, boolean unanswered) {
    this.left = changes;
    this.unanswered = unanswered;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes more) {
    if (left < 0 || (left == 0 && !unanswered && isChange(context))) {
      left = -1;
      throw new StoppedStore.Killed();
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes more) {
    if (isChange(context)) {
      left--;
      if (left < 0) {
        throw new StoppedStore.Killed();
      }
    }
  }

  private static boolean isChange(Context.BeforeTransmission context) {
    return CHANGES.contains(context.httpRequest().method());
  }
}
