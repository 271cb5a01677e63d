package dev.sluice.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final ClusterSecret SECRET = new ClusterSecret("known to the nodes of this test");
  private static final Buffer TEXT = Buffer.buffer("where is it?");

  private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private final Seal ours = new Seal(SECRET, CLOCK);

  @Test
  void whatOneNodeSealsAnotherOpens() {
    Seal another = new Seal(new ClusterSecret("known to the nodes of this test"), CLOCK);
    assertThat(another.open(ours.seal(TEXT, "to b"), "to b")).contains(TEXT);
  }

  @Test
  void whoeverDoesNotKnowTheSecretCanNeitherOpenNorSeal() {
    Seal stranger = new Seal(new ClusterSecret("known to nobody of this test"), CLOCK);
    assertThat(stranger.open(ours.seal(TEXT, "to b"), "to b")).isEmpty();
    assertThat(ours.open(stranger.seal(TEXT, "to b"), "to b")).isEmpty();
  }

  @Test
  void whatWasSealedMinutesAgoOrIsToBeSealedLaterDoesNotOpen() {
    Buffer sealed = ours.seal(TEXT, "to b");
    assertThat(at(300).open(sealed, "to b")).contains(TEXT);
    assertThat(at(301).open(sealed, "to b")).isEmpty();
    assertThat(at(-300).open(sealed, "to b")).contains(TEXT);
    assertThat(at(-301).open(sealed, "to b")).isEmpty();
  }

  private static Seal at(long seconds) {
    return new Seal(SECRET, Clock.offset(CLOCK, Duration.ofSeconds(seconds)));
  }

  @Test
  void itOpensForNothingButItsOwnContext() {
    assertThat(ours.open(ours.seal(TEXT, "to b"), "to c")).isEmpty();
  }

  @Test
  void aChangedByteOrACutIsNoticed() {
    Buffer sealed = ours.seal(TEXT, "to b");
    for (int at = 0; at < sealed.length(); at++) {
      Buffer changed = sealed.copy();
      changed.setByte(at, (byte) (changed.getByte(at) ^ 1));
      assertThat(ours.open(changed, "to b")).as("byte " + at).isEmpty();
      assertThat(ours.open(sealed.getBuffer(0, at), "to b")).as("cut at " + at).isEmpty();
    }
  }

  @Test
  void theSameTextNeverLooksTheSame() {
    assertThat(ours.seal(TEXT, "to b")).isNotEqualTo(ours.seal(TEXT, "to b"));
    assertThat(ours.seal(TEXT, "to b").toString()).doesNotContain(TEXT.toString());
  }

  @Test
  void aSecretShowsItselfNowhere() {
    assertThat(SECRET.toString()).doesNotContain("known");
    assertThat(SECRET.clusterName("sluice")).startsWith("sluice-").doesNotContain("known");
    assertThat(SECRET.derive("a")).isNotEqualTo(SECRET.derive("b")).hasSize(32);
  }
}
