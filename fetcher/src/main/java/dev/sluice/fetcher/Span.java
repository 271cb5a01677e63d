package dev.sluice.fetcher;

import java.util.Map;

/** A timed part of a trace, as OpenTelemetry has it. Used from any thread. */
public interface Span {

  /** Of a trace that nobody keeps. */
  Span NONE =
      new Span() {
        @Override
        public Span begin(String name, Kind kind) {
          return this;
        }

        @Override
        public Span note(String key, String value) {
          return this;
        }

        @Override
        public Span note(String key, long value) {
          return this;
        }

        @Override
        public void failed(String why) {}

        @Override
        public void end() {}

        @Override
        public String traceId() {
          return "";
        }

        @Override
        public Map<String, String> headers() {
          return Map.of();
        }
      };

  /** On which side of a question it stands. */
  enum Kind {
    /** Of none: work on this node. */
    INTERNAL,
    /** This node asks. */
    CLIENT,
    /** This node is asked. */
    SERVER
  }

  /**
   * Begins a part of this one.
   *
   * @param name one of a fixed few; what a client sent is noted, and never a name
   */
  Span begin(String name, Kind kind);

  /** Says something more of it. */
  Span note(String key, String value);

  /** Says something more of it. */
  Span note(String key, long value);

  /** Says that what it stands for went wrong. */
  void failed(String why);

  /** What it stands for is over; may be said once. */
  void end();

  /** The trace it belongs to, 32 hexadecimal digits; empty text where nobody keeps it. */
  String traceId();

  /**
   * What those are told who are asked for its sake, so that theirs are parts of it: the headers of
   * W3C Trace Context. Empty where nobody keeps the trace.
   */
  Map<String, String> headers();
}
