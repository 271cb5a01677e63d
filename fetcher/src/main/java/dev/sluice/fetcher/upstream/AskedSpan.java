package dev.sluice.fetcher.upstream;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.fetcher.upstream.UpstreamAnswer.Got;
import dev.sluice.metadata.Rule;
import io.vertx.core.MultiMap;

/** A request to a registry as a part of a trace; it ends with the head of the answer. */
final class AskedSpan {

  private final Span span;

  private AskedSpan(Span span) {
    this.span = span;
  }

  /** Begins it; the registry learns of it by headers, as whoever is asked does. */
  static AskedSpan begin(Rule rule, Question question, MultiMap headers) {
    Span span =
        Journey.current()
            .span()
            .begin(question.method() + " " + question.subject(), Kind.CLIENT)
            .note("http.request.method", question.method().name())
            .note("server.address", rule.address().getHost())
            .note("url.path", "/v2/" + question.path())
            .note("sluice.rule", rule.prefix());
    headers.addAll(span.headers());
    return new AskedSpan(span);
  }

  /** Ends it with what came. */
  void end(UpstreamAnswer<UpstreamResponse> answer) {
    if (answer instanceof Got<UpstreamResponse>(var response)) {
      span.note("http.response.status_code", response.status());
    }
    answer.trouble().ifPresent(span::failed);
    span.end();
  }
}
