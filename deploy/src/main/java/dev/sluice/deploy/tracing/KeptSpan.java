package dev.sluice.deploy.tracing;

import dev.sluice.fetcher.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.HashMap;
import java.util.Map;

/** A part of a trace that is kept, unless it is not among those that are sampled. */
record KeptSpan(Tracer tracer, io.opentelemetry.api.trace.Span span) implements Span {

  static final TextMapPropagator HEADERS = W3CTraceContextPropagator.getInstance();

  static KeptSpan begin(Tracer tracer, Context parent, String name, Kind kind) {
    return new KeptSpan(
        tracer,
        tracer
            .spanBuilder(name)
            .setParent(parent)
            .setSpanKind(
                switch (kind) {
                  case INTERNAL -> SpanKind.INTERNAL;
                  case CLIENT -> SpanKind.CLIENT;
                  case SERVER -> SpanKind.SERVER;
                })
            .startSpan());
  }

  @Override
  public Span begin(String name, Kind kind) {
    return begin(tracer, context(), name, kind);
  }

  private Context context() {
    return Context.root().with(span);
  }

  @Override
  public Span note(String key, String value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Span note(String key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public void failed(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  @Override
  public void end() {
    span.end();
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    HEADERS.inject(context(), headers, Map::put);
    return headers;
  }
}
