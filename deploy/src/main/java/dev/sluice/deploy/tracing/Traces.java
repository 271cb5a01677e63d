package dev.sluice.deploy.tracing;

import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * This node's parts of traces, sent to a collector in the background. What a collector that is slow
 * or gone does not take is dropped: no request waits for it.
 */
public final class Traces implements Tracing, AutoCloseable {

  private static final long LAST_WORD_SECONDS = 2;

  /**
   * As much of a {@code tracestate} as everybody is to pass on (W3C Trace Context, section
   * 3.3.1.5). A longer one is left out: some registries refuse requests with large heads, and a
   * client's header is not to spoil what others wait for, too.
   */
  private static final int LONGEST_STATE = 512;

  private static final TextMapGetter<UnaryOperator<String>> GETTER = Traces::header;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Sends nothing yet.
   *
   * @param collector takes OTLP over HTTP at {@code /v1/traces}
   * @param percent how many of the traces that begin here are kept; of those that began elsewhere,
   *     whoever began them decides
   * @param node tells this node from the others
   * @param version of this build
   */
  public Traces(URI collector, int percent, String node, String version) {
    String target = collector.resolve("/v1/traces").toString();
    var sender = OtlpHttpSpanExporter.builder().setEndpoint(target).build();
    var exporter = new ToldTroubles(sender, target);
    provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.builder()
                        .put("service.name", "sluice")
                        .put("service.version", version)
                        .put("service.instance.id", node)
                        .build()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(percent / 100.0)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build();
    tracer = provider.get("dev.sluice", version);
  }

  @Override
  public Span begin(String name, Kind kind, UnaryOperator<String> headers) {
    Context parent = KeptSpan.HEADERS.extract(Context.root(), headers, GETTER);
    return KeptSpan.begin(tracer, parent, name, kind);
  }

  private static String header(UnaryOperator<String> headers, String name) {
    String value = headers.apply(name);
    boolean isTooLong =
        value != null && value.length() > LONGEST_STATE && name.equals("tracestate");
    return isTooLong ? null : value;
  }

  /** Sends what is left, as far as the collector takes it soon. */
  @Override
  public void close() {
    provider.shutdown().join(LAST_WORD_SECONDS, TimeUnit.SECONDS);
  }
}
