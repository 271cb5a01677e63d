package dev.sluice.deploy.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans, and tells in a line when a collector does not take them any more, and in another
 * when it does again; the library's own words come with a stack, each time.
 */
final class ToldTroubles implements SpanExporter {

  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(ToldTroubles.class);

  /** Kept, for a logger that nobody holds is made anew, with its usual level. */
  private static final Logger LIBRARY = Logger.getLogger("io.opentelemetry");

  private final SpanExporter sender;
  private final String collector;
  private volatile boolean isTold;

  ToldTroubles(SpanExporter sender, String collector) {
    LIBRARY.setLevel(Level.OFF);
    this.sender = sender;
    this.collector = collector;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode sent = sender.export(spans);
    return sent.whenComplete(() -> tell(sent));
  }

  /** Batches go out one after another. */
  private void tell(CompletableResultCode sent) {
    if (sent.isSuccess() && isTold) {
      LOG.info("traces are taken again by {}", collector);
    } else if (!sent.isSuccess() && !isTold) {
      String why =
          Optional.ofNullable(sent.getFailureThrowable())
              .map(Throwable::toString)
              .orElse("it refuses them");
      LOG.warn("traces are not taken by {} and are dropped until they are: {}", collector, why);
    }
    isTold = !sent.isSuccess();
  }

  @Override
  public CompletableResultCode flush() {
    return sender.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return sender.shutdown();
  }
}
