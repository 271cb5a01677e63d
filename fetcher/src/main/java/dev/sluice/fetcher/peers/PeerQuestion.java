package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.metadata.Rule;
import dev.sluice.storage.Digest;
import java.util.Map;
import java.util.Optional;

/** What one node asks another. Whoever is asked goes upstream itself, and asks no third. */
public sealed interface PeerQuestion {

  /** To bring a blob in, as its owner; or only whether there is one, and its size. */
  record Blob(Subject subject, Digest digest, boolean headOnly) implements PeerQuestion {}

  /** To bring a manifest in, as its owner. */
  record Manifest(Subject subject, Digest digest) implements PeerQuestion {}

  /**
   * Where a tag points, as its owner.
   *
   * @param now whether upstream is to be asked, though no check be due
   */
  record Tagged(Subject subject, Tag tag, boolean now) implements PeerQuestion {}

  /** Whether a blob is there, whole or growing; nothing is brought in. */
  record Has(Digest digest) implements PeerQuestion {}

  /** To say when no fill of a blob is under way there any more. */
  record Settled(Digest digest) implements PeerQuestion {}

  /** What warm-ups there are, without their failures one by one. */
  record OfWarmUps() implements PeerQuestion {}

  /**
   * How one warm-up stands.
   *
   * @param end whether it is to be ended
   */
  record OfWarmUp(String id, boolean end) implements PeerQuestion {}

  /**
   * For a token, of its owner.
   *
   * @param rule as {@link Subject#rule(Rule)} has it
   * @param repository as the registry calls it
   * @param credential the name of the account's; empty for the anonymous one
   * @param challenge the parameters of the registry's bearer challenge
   */
  record OfToken(
      String rule, String repository, Optional<String> credential, Map<String, String> challenge)
      implements PeerQuestion {

    /** Copies the map. */
    public OfToken {
      challenge = Map.copyOf(challenge);
    }
  }

  /**
   * What a question is about.
   *
   * @param rule by which it was asked, as {@link #rule(Rule)} has it; a node where another one is
   *     in force is the wrong one to ask
   */
  record Subject(RepositoryName repository, String rule, Purpose purpose) {

    /** What is to be had through a rule. */
    public static Subject of(Rule rule, RepositoryName repository, Purpose purpose) {
      return new Subject(repository, rule(rule), purpose);
    }

    /** What a rule does, as far as its answers depend on it. */
    public static String rule(Rule rule) {
      return rule.prefix()
          + ' '
          + rule.upstream()
          + '/'
          + rule.upstreamPrefix().orElse("")
          + ' '
          + rule.credentials();
    }
  }
}
