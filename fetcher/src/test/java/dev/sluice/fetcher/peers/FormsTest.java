package dev.sluice.fetcher.peers;

import static dev.sluice.fetcher.peers.SampleForms.DIGEST;
import static dev.sluice.fetcher.peers.SampleForms.SUBJECT;
import static dev.sluice.fetcher.peers.SampleForms.answers;
import static dev.sluice.fetcher.peers.SampleForms.questions;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fetcher.Journey;
import dev.sluice.fetcher.Journey.Stage;
import dev.sluice.fetcher.Span;
import dev.sluice.fetcher.Via;
import dev.sluice.fetcher.peers.PeerAnswer.Unable;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.Purpose;
import dev.sluice.fetcher.upstream.RisingPurpose;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes say to each other survives the way, and nothing else does harm. */
class FormsTest {

  /** Purposes are compared by what they are called: a rising one is like what it rose to. */
  private static Object comparable(PeerQuestion question) {
    return question.toString();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.fetcher.peers.SampleForms#questions")
  void everyQuestionArrives(PeerQuestion question) {
    assertThat(QuestionForm.read(QuestionForm.write(question)).map(FormsTest::comparable))
        .contains(comparable(question));
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.fetcher.peers.SampleForms#answers")
  void everyAnswerArrives(PeerAnswer answer) {
    assertThat(AnswerForm.read(AnswerForm.write(answer))).isEqualTo(answer);
  }

  @Test
  void aPurposeArrivesAsHighAsItHasRisen() {
    RisingPurpose rising = new RisingPurpose(Purpose.COMPLETION);
    rising.raise(Purpose.PULL);
    var subject = new Subject(SUBJECT.repository(), SUBJECT.rule(), rising);
    var read = QuestionForm.read(QuestionForm.write(new PeerQuestion.Manifest(subject, DIGEST)));
    assertThat(read.map(FormsTest::comparable))
        .contains(comparable(new PeerQuestion.Manifest(SUBJECT, DIGEST)));
  }

  @Test
  void theTraceGoesWithTheQuestionAndTheTimeComesWithTheAnswer() {
    Map<String, String> trace = Map.of("traceparent", "00-1-2-01", "tracestate", "a=b");
    var question = new PeerQuestion.Has(DIGEST);
    assertThat(QuestionForm.trace(QuestionForm.write(question, trace))).isEqualTo(trace);
    assertThat(QuestionForm.trace(QuestionForm.write(question))).isEmpty();

    Journey there = new Journey(Span.NONE);
    there.spent(Stage.TOKEN, 7);
    Journey here = new Journey(Span.NONE);
    here.spent(Stage.TOKEN, 5);
    AnswerForm.read(AnswerForm.write(new PeerAnswer.Done(), there), here);
    assertThat(here.spent(Stage.TOKEN)).isEqualTo(12);
    assertThat(here.spent(Stage.QUEUE)).isZero();
  }

  @Test
  void throughWhomItHasComeGoesWithTheQuestionToo() {
    Via via = new Via(List.of("sluice-0123456789abcdef"));
    var along = new Journey(Span.NONE, via).along(Span.NONE);
    var text = QuestionForm.write(new PeerQuestion.Has(DIGEST), along);
    assertThat(Journey.goingOn(Span.NONE, QuestionForm.trace(text)).via()).isEqualTo(via);
    assertThat(Journey.goingOn(Span.NONE, Map.of()).via()).isEqualTo(Via.NOBODY);
    assertThat(new Journey(Span.NONE).along(Span.NONE)).isEmpty();
  }

  private static Buffer withMore(Buffer text) {
    return new JsonObject(text)
        .put("v", 2)
        .put("later", new JsonObject().put("x", 1))
        .put("more", "y")
        .toBuffer();
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.fetcher.peers.SampleForms#questions")
  void ofAQuestionWhatIsNotKnownIsPassedOver(PeerQuestion question) {
    assertThat(QuestionForm.read(withMore(QuestionForm.write(question))).map(FormsTest::comparable))
        .contains(comparable(question));
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.fetcher.peers.SampleForms#answers")
  void ofAnAnswerWhatIsNotKnownIsPassedOver(PeerAnswer answer) {
    assertThat(AnswerForm.read(withMore(AnswerForm.write(answer)))).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "7",
        "[]",
        "{",
        "{}",
        "\0\1",
        "{\"v\":1,\"ask\":7,\"is\":7}",
        "{\"v\":1,\"ask\":\"tea\",\"is\":\"tea\"}",
        "{\"v\":1,\"ask\":\"has\",\"is\":\"located\"}",
        "{\"v\":1,\"ask\":\"has\",\"digest\":\"sha256:../../etc\",\"is\":\"image\",\"found\":[]}",
        "{\"v\":1,\"ask\":\"has\",\"digest\":{},\"is\":\"no\",\"why\":\"x\"}",
        "{\"v\":1,\"ask\":\"tag\",\"tag\":\"a/b\",\"is\":\"checked\",\"found\":{}}",
        "{\"v\":1,\"is\":\"located\",\"hold\":\"whole\"}",
        "{\"v\":1,\"ask\":\"warm-up\",\"is\":\"warming\",\"warmUps\":[7]}",
        "{\"v\":1,\"is\":\"no\",\"why\":{\"reason\":\"MOOD\",\"message\":\"x\"}}"
      })
  void whatMakesNoSenseIsNoQuestionAndNoUse(String text) {
    assertThat(QuestionForm.read(Buffer.buffer(text))).isEmpty();
    assertThat(AnswerForm.read(Buffer.buffer(text))).isInstanceOf(Unable.class);
  }

  @Test
  void deepJsonIsNoQuestionEither() {
    Buffer deep = Buffer.buffer("{\"a\":".repeat(100_000));
    assertThat(QuestionForm.read(deep)).isEmpty();
    assertThat(AnswerForm.read(deep)).isInstanceOf(Unable.class);
  }

  @Test
  void damagedTextsThrowNothing() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      Stream.concat(questions().map(QuestionForm::write), answers().map(AnswerForm::write))
          .skip(i % 30)
          .findFirst()
          .ifPresent(text -> readDamaged(text, random));
    }
  }

  private static void readDamaged(Buffer text, Random random) {
    Buffer damaged = text.copy();
    for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
      damaged.setByte(random.nextInt(damaged.length()), (byte) random.nextInt());
    }
    assertThat(QuestionForm.read(damaged)).isNotNull();
    assertThat(AnswerForm.read(damaged)).isNotNull();
  }
}
