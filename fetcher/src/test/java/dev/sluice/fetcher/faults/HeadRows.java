package dev.sluice.fetcher.faults;

import static dev.sluice.fetcher.faults.Expected.REFUSED;
import static dev.sluice.fetcher.faults.Expected.SERVED;
import static dev.sluice.fetcher.faults.Mischief.always;
import static dev.sluice.fetcher.faults.Row.ANY;

import dev.sluice.fetcher.fake.AnswerFaults;
import dev.sluice.fetcher.fake.Fault;
import dev.sluice.fetcher.fake.MediaTypes;
import dev.sluice.fetcher.fake.TravelFaults;
import java.util.stream.Stream;

/** Answers whose head is late, wrong, or no HTTP. */
final class HeadRows {

  private HeadRows() {}

  static Stream<Row> rows() {
    return Stream.of(
        Row.of("stall-headers", ANY, always(TravelFaults.neverAnswer()), REFUSED).impatient(),
        Row.of("two-content-length", ANY, always(twoLengths()), REFUSED),
        Row.of("cl-te", ANY, HeadRows::lengthAndChunks, REFUSED),
        Row.of("header-100k-count", ANY, always(AnswerFaults.manyHeaders(100_000)), REFUSED),
        Row.of("set-cookie", ANY, always(additions()), SERVED),
        Row.of("garbage-bytes", ANY, always(TravelFaults.garbage("\0\1\r\n\r\n\u00ff")), REFUSED));
  }

  /** The head alone does no harm, so the tag has moved and a body is needed. */
  private static void lengthAndChunks(Scene scene) {
    if (scene.place() == Place.MANIFEST) {
      scene.retag(MediaTypes.OCI.manifest(), "{\"schemaVersion\":2,\"layers\":[]}");
    }
    always(AnswerFaults.lengthAndChunks(Scene.SIZE)).strike(scene);
  }

  private static Fault twoLengths() {
    return AnswerFaults.extraHeader("Content-Length", "7")
        .and(AnswerFaults.extraHeader("Content-Length", "8"));
  }

  private static Fault additions() {
    return AnswerFaults.header("Set-Cookie", "session=" + Proof.LIE)
        .and(AnswerFaults.header("Server", Proof.LIE))
        .and(AnswerFaults.header("Via", "1.1 " + Proof.LIE))
        .and(AnswerFaults.header("X-Powered-By", Proof.LIE));
  }
}
