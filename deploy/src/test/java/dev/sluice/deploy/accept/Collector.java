package dev.sluice.deploy.accept;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes traces as an OpenTelemetry collector does: OTLP over HTTP, in protobuf. */
final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final List<Kept> spans = new CopyOnWriteArrayList<>();

  /**
   * A span that was received.
   *
   * @param node who sent it
   * @param parent the span id of what it is a part of; empty text for none
   */
  record Kept(
      String node,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> notes) {}

  private Collector(HttpServer server) {
    this.server = server;
  }

  static Collector start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var collector = new Collector(HttpServer.create(address, 0));
    collector.server.createContext("/v1/traces", collector::take);
    collector.server.start();
    return collector;
  }

  /** The lines of YAML that make a node send its traces here. */
  String yaml() {
    return "tracing: { endpoint: \"http://127.0.0.1:" + server.getAddress().getPort() + "\" }\n";
  }

  /** All spans of a trace that came so far. */
  List<Kept> of(String trace) {
    return spans.stream().filter(span -> span.trace.equals(trace)).toList();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
      for (ResourceSpans from : request.getResourceSpansList()) {
        String node = notes(from.getResource().getAttributesList()).get("service.instance.id");
        from.getScopeSpansList().stream()
            .flatMap(scope -> scope.getSpansList().stream())
            .forEach(span -> spans.add(kept(node, span)));
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Kept kept(String node, Span span) {
    HexFormat hex = HexFormat.of();
    return new Kept(
        node,
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        notes(span.getAttributesList()));
  }

  private static Map<String, String> notes(
      List<io.opentelemetry.proto.common.v1.KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                note -> note.getKey(),
                note ->
                    note.getValue().hasIntValue()
                        ? Long.toString(note.getValue().getIntValue())
                        : note.getValue().getStringValue()));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
