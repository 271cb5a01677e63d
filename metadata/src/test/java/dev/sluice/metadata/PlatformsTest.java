package dev.sluice.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformsTest {

  private static final Platform AMD64 = new Platform("linux", "amd64", "");
  private static final Platform ARM = new Platform("linux", "arm", "");
  private static final Platform ARM_V6 = new Platform("linux", "arm", "v6");
  private static final Platform ARM_V7 = new Platform("linux", "arm", "v7");

  @Test
  void aPlatformIsReadAndWritten() {
    assertThat(Platform.parse("linux/amd64")).contains(AMD64);
    assertThat(Platform.parse("linux/arm/v7")).contains(ARM_V7);
    assertThat(AMD64).hasToString("linux/amd64");
    assertThat(ARM_V7).hasToString("linux/arm/v7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "linux",
        "linux/",
        "/amd64",
        "linux//v7",
        "linux/arm/",
        "a/b/c/d",
        "a /b"
      })
  void anythingElseIsNoPlatform(String text) {
    assertThat(Platform.parse(text)).isEmpty();
  }

  @Test
  void aWishWithoutVariantTakesEveryVariant() {
    assertThat(ARM.isMetBy(ARM_V6)).isTrue();
    assertThat(ARM.isMetBy(ARM)).isTrue();
    assertThat(ARM_V7.isMetBy(ARM_V7)).isTrue();
    assertThat(ARM_V7.isMetBy(ARM_V6)).isFalse();
    assertThat(ARM_V7.isMetBy(ARM)).isFalse();
    assertThat(AMD64.isMetBy(ARM)).isFalse();
    assertThat(AMD64.isMetBy(new Platform("windows", "amd64", ""))).isFalse();
  }

  @Test
  void allWantsEachChildAndRequestedNone() {
    assertThat(new Platforms.All().wants(ARM_V7)).isTrue();
    assertThat(new Platforms.Requested().wants(AMD64)).isFalse();
  }

  @Test
  void aListWantsWhatMeetsOneOfItsWishes() {
    Platforms only = new Platforms.Only(List.of(AMD64, ARM_V7));

    assertThat(only.wants(AMD64)).isTrue();
    assertThat(only.wants(ARM_V7)).isTrue();
    assertThat(only.wants(ARM_V6)).isFalse();
    assertThat(new Platforms.Only(List.of()).wants(AMD64)).isFalse();
  }

  @Test
  void aListIsCopied() {
    List<Platform> wishes = new ArrayList<>(List.of(AMD64));
    Platforms.Only only = new Platforms.Only(wishes);
    wishes.clear();

    assertThat(only.platforms()).containsExactly(AMD64);
  }
}
