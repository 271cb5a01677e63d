package dev.sluice.fetcher.upstream;

/**
 * The purpose of work that others may join: it rises to the most urgent of theirs, and its question
 * goes on from there, wherever it waits. Confined to one context.
 */
public final class RisingPurpose extends Purpose {

  private Rank now;
  private Runnable listener = () -> {};

  /** Begins as another purpose, and rises with it. */
  public RisingPurpose(Purpose first) {
    super(first.rank());
    now = first.rank();
    first.whenRaised(() -> raise(first));
  }

  /** Rises to a purpose; nothing happens where it is as urgent already. */
  public void raise(Purpose to) {
    if (to.rank().compareTo(now) < 0) {
      now = to.rank();
      listener.run();
    }
  }

  @Override
  Rank rank() {
    return now;
  }

  @Override
  void whenRaised(Runnable told) {
    listener = told;
  }
}
