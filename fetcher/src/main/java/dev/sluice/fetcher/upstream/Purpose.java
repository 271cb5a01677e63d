package dev.sluice.fetcher.upstream;

/** What a question to an upstream is for; people come first. */
public sealed class Purpose permits RisingPurpose {

  /** A client waits, and has nothing else to be served; or an operator wants to know. */
  public static final Purpose PULL = new Purpose(Rank.PULL);

  /** A cached tag is due; a client is served without the answer if it has to be. */
  public static final Purpose CHECK = new Purpose(Rank.CHECK);

  /** Children of an index that nobody asked for, and warm-ups. */
  public static final Purpose COMPLETION = new Purpose(Rank.COMPLETION);

  /** Who goes first. */
  enum Rank {
    PULL,
    CHECK,
    COMPLETION
  }

  private final Rank rank;

  Purpose(Rank rank) {
    this.rank = rank;
  }

  /** The purpose of a {@linkplain #toString text}; one that is not known here is not urgent. */
  public static Purpose parse(String text) {
    return switch (text) {
      case "PULL" -> PULL;
      case "CHECK" -> CHECK;
      default -> COMPLETION;
    };
  }

  /** Where its question stands now. */
  Rank rank() {
    return rank;
  }

  /** Has this told when the rank rises; only the last who asked is told. */
  void whenRaised(Runnable listener) {}

  /** Whether nobody waits for the answer, as it stands now. */
  public boolean isCompletion() {
    return rank() == Rank.COMPLETION;
  }

  /** By which {@link #parse} knows it. */
  @Override
  public final String toString() {
    return rank().toString();
  }
}
