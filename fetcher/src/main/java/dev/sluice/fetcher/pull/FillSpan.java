package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Span.Kind;
import dev.sluice.storage.FillOutcome;
import dev.sluice.storage.FillOutcome.Failed;
import dev.sluice.storage.FillOutcome.Filled;

/** A fill as a part of the trace of the request that began it, which it may outlast. */
final class FillSpan {

  private final Span span;

  private FillSpan(Span span) {
    this.span = span;
  }

  static FillSpan begin(Journey journey, Fills.Subject subject, Flow flow) {
    return new FillSpan(
        journey
            .span()
            .begin("fill", Kind.INTERNAL)
            .note("sluice.digest", subject.digest().toString())
            .note("sluice.repository", subject.repository().value())
            .note("sluice.rule", subject.rule())
            .note("sluice.source", flow.isFromUpstream() ? "upstream" : "node"));
  }

  void end(FillOutcome outcome) {
    switch (outcome) {
      case Filled(var bytes) -> span.note("sluice.bytes", bytes);
      case Failed failed -> span.failed(failed.reason());
    }
    span.end();
  }
}
