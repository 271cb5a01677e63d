package dev.sluice.fetcher.peers;

import dev.sluice.fetcher.Descriptor;
import dev.sluice.fetcher.ManifestAnswer.Found;
import dev.sluice.fetcher.Provenance;
import dev.sluice.fetcher.Refused;
import dev.sluice.fetcher.Refused.Reason;
import dev.sluice.fetcher.WarmUp;
import dev.sluice.fetcher.WarmUp.Failure;
import dev.sluice.fetcher.WarmUp.State;
import dev.sluice.fetcher.peers.PeerAnswer.Hold;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.metadata.Reference.Tag;
import dev.sluice.metadata.RepositoryName;
import dev.sluice.storage.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What nodes may say to each other. */
final class SampleForms {

  static final Digest DIGEST = Digest.sha256(new byte[] {1});
  private static final Instant THEN = Instant.parse("2030-06-01T12:00:00.123456789Z");
  static final Subject SUBJECT =
      new Subject(new RepositoryName("up/app"), "up quay.io/ [login]", Purpose.PULL);

  private static final Found BARE =
      new Found(
          new Descriptor(DIGEST, "application/json", 1L << 40),
          Provenance.MISS,
          Optional.empty(),
          Instant.MAX,
          Optional.empty());

  private static final Found FULL =
      new Found(BARE.manifest(), Provenance.STALE, Optional.of(THEN), THEN, Optional.of("\"é\"\n"));

  /** One question of each kind, and of each purpose. */
  static Stream<PeerQuestion> questions() {
    return Stream.concat(
        Stream.of(Purpose.PULL, Purpose.CHECK, Purpose.COMPLETION)
            .map(purpose -> new Subject(SUBJECT.repository(), SUBJECT.rule(), purpose))
            .map(subject -> new PeerQuestion.Manifest(subject, DIGEST)),
        Stream.of(
            new PeerQuestion.Blob(SUBJECT, DIGEST, true),
            new PeerQuestion.Blob(SUBJECT, Digest.parse("sha512:" + "0".repeat(128)).get(), false),
            new PeerQuestion.Tagged(SUBJECT, new Tag("latest"), true),
            new PeerQuestion.Tagged(SUBJECT, new Tag("v1.0_x-y"), false),
            new PeerQuestion.Has(DIGEST),
            new PeerQuestion.Settled(DIGEST),
            new PeerQuestion.OfWarmUps(),
            new PeerQuestion.OfWarmUp("some", true)));
  }

  private static WarmUp warmUp(List<Failure> failures, Optional<Instant> endedAt) {
    return new WarmUp(
        "some",
        endedAt.isPresent() ? State.CANCELLED : State.RUNNING,
        new WarmUp.Images(5, 2, failures.size()),
        endedAt.isEmpty(),
        new WarmUp.Arrivals(7, 1L << 40),
        failures,
        endedAt.map(at -> "why é"),
        THEN,
        endedAt);
  }

  /** Answers of each kind, some with all that there can be and some with the least. */
  static Stream<PeerAnswer> answers() {
    return Stream.of(
            Arrays.stream(Hold.values())
                .map(hold -> new PeerAnswer.Located(OptionalLong.of(1L << 50), hold)),
            Arrays.stream(Reason.values())
                .map(why -> new PeerAnswer.No(new Refused(why, "why é", Duration.ofMillis(1500)))),
            Stream.of(
                new PeerAnswer.Located(OptionalLong.empty(), Hold.FILLING),
                new PeerAnswer.Located(OptionalLong.of(0), Hold.WHOLE),
                new PeerAnswer.Nowhere(),
                new PeerAnswer.Image(BARE),
                new PeerAnswer.Image(FULL),
                new PeerAnswer.Checked(true, Optional.of(DIGEST), FULL),
                new PeerAnswer.Checked(false, Optional.empty(), BARE),
                new PeerAnswer.Unchecked(
                    Optional.of(FULL), Refused.absent(Reason.MANIFEST_UNKNOWN, "")),
                new PeerAnswer.Unchecked(
                    Optional.empty(), Refused.absent(Reason.UNAVAILABLE, "gone")),
                new PeerAnswer.Done(),
                new PeerAnswer.Warming(List.of()),
                new PeerAnswer.Warming(
                    List.of(
                        warmUp(List.of(), Optional.empty()),
                        warmUp(List.of(new Failure("up/app", "gone")), Optional.of(THEN)))),
                new Unable("an error")))
        .flatMap(some -> some);
  }

  private SampleForms() {}
}
