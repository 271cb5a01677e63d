package dev.sluice.fetcher;

import dev.sluice.fetcher.Span.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The way of one request through the nodes: what it waited for, through whom it has come, and its
 * trace where one is kept. It goes along with the work that is begun for the request, from task to
 * task and from node to node; whoever joins work that is under way has no part in its journey. Used
 * from any thread.
 */
public final class Journey {

  private static final ScopedValue<Journey> CURRENT = ScopedValue.newInstance();

  /** Of what is done though nobody waits for it. */
  private static final Journey NOBODYS = new Journey(Span.NONE);

  /** By which other nodes are told through whom a request has come. */
  private static final String VIA = "Via";

  private final Span span;
  private final Via via;
  private final Map<Stage, Long> nanos = new ConcurrentHashMap<>();

  /** What a request may wait for before an upstream is asked. */
  public enum Stage {
    /** For its turn, where an upstream is asked only so often. */
    QUEUE,
    /** For a token of the upstream's token service. */
    TOKEN;

    /** As it is called in traces, answers and pages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A journey that begins here, of which this is the trace's part on this node. */
  public Journey(Span span) {
    this(span, Via.NOBODY);
  }

  /** A journey that has come through these. */
  public Journey(Span span, Via via) {
    this.span = span;
    this.via = via;
  }

  /** A journey that goes on here from another node, which gave these words along. */
  public static Journey goingOn(Span span, Map<String, String> along) {
    String via = along.get(VIA);
    return new Journey(span, via == null ? Via.NOBODY : Via.read(List.of(via)));
  }

  /**
   * The words that go along to another node.
   *
   * @param asking the part of the trace that the question is
   */
  public Map<String, String> along(Span asking) {
    if (via.passed().isEmpty()) {
      return asking.headers();
    }
    Map<String, String> words = new HashMap<>(asking.headers());
    words.put(VIA, via.toString());
    return words;
  }

  /** That of the work which calls this. */
  public static Journey current() {
    return CURRENT.isBound() ? CURRENT.get() : NOBODYS;
  }

  /** Does something as a part of this journey, on the thread that calls. */
  public <T, X extends Throwable> T take(ScopedValue.CallableOp<? extends T, X> step) throws X {
    return ScopedValue.where(CURRENT, this).call(step);
  }

  /** Does something for nobody's sake, whoever gives the occasion. */
  public static <T, X extends Throwable> T aside(ScopedValue.CallableOp<? extends T, X> step)
      throws X {
    return NOBODYS.take(step);
  }

  /** Waits for something; the time counts as this stage's. */
  public <T> T waitFor(Stage stage, Supplier<T> something) {
    Span waiting = span.begin(stage.toString(), Kind.INTERNAL);
    long began = System.nanoTime();
    try {
      return something.get();
    } finally {
      spent(stage, System.nanoTime() - began);
      waiting.end();
    }
  }

  /** Notes time that was spent, here or on another node. */
  public void spent(Stage stage, long more) {
    if (this != NOBODYS) {
      nanos.merge(stage, more, Long::sum);
    }
  }

  /** How long a stage has taken so far, in nanoseconds. */
  public long spent(Stage stage) {
    return nanos.getOrDefault(stage, 0L);
  }

  /** Through whom it has come. */
  public Via via() {
    return via;
  }

  /** This node's part of its trace. */
  public Span span() {
    return span;
  }
}
