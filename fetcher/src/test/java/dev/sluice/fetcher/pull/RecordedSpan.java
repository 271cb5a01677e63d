package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Span;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers which parts of it began and ended. */
final class RecordedSpan implements Span {

  private final List<String> begun;
  private final List<String> ended;
  private final String name;

  RecordedSpan() {
    this("", new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
  }

  private RecordedSpan(String name, List<String> begun, List<String> ended) {
    this.name = name;
    this.begun = begun;
    this.ended = ended;
  }

  /** The names of its parts, in their order. */
  List<String> begun() {
    return begun;
  }

  /** Those that are over. */
  List<String> ended() {
    return ended;
  }

  @Override
  public Span begin(String part, Kind kind) {
    begun.add(part);
    return new RecordedSpan(part, begun, ended);
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
  public void end() {
    ended.add(name);
  }

  @Override
  public String traceId() {
    return "";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }
}
