package dev.sluice.deploy.cluster;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What goes over the bus, once opened: one byte for its kind, 36 for its id, the rest is text.
 *
 * @param kind one of the letters below; others may be of a later version
 * @param id of the question, also in what is answered to it
 */
record Letter(char kind, String id, Buffer text) {

  /** A question, or the reminder that it waits for its answer. */
  static final char ASK = 'A';

  /** To a question: the answer. */
  static final char DONE = 'D';

  /** To a question: it is being worked on; ask again. */
  static final char WORKING = 'W';

  /** To anything: there is no answer, such as to a kind that is not known. */
  static final char NOT = 'N';

  /** Whether the other can hear us, and we it. */
  static final char PING = 'P';

  /** To a ping: both can, and questions are welcome. */
  static final char WELL = 'O';

  /** To a ping: both can, and this node is about to leave. Also said unasked. */
  static final char LEAVING = 'L';

  /** Of one who was pinged: can the other hear this. */
  static final char ECHO = 'E';

  private static final int ID_LENGTH = 36;

  /** A new question of a kind. */
  static Letter of(char kind, Buffer text) {
    return new Letter(kind, UUID.randomUUID().toString(), text);
  }

  /** What is answered to this. */
  Letter reply(char answer, Buffer answered) {
    return new Letter(answer, id, answered);
  }

  /** What is answered to this, in one word. */
  Letter reply(char answer) {
    return reply(answer, Buffer.buffer());
  }

  Buffer sealed(Seal seal, String context) {
    Buffer whole = Buffer.buffer().appendByte((byte) kind).appendString(id).appendBuffer(text);
    return seal.seal(whole, context);
  }

  /** Opens a letter; empty where it is not from a node of this cluster, or not for this context. */
  static Optional<Letter> open(Seal seal, Buffer closed, String context) {
    return seal.open(closed, context)
        .filter(whole -> whole.length() > ID_LENGTH)
        .map(
            whole ->
                new Letter(
                    (char) whole.getByte(0),
                    whole.getString(1, 1 + ID_LENGTH, StandardCharsets.US_ASCII.name()),
                    whole.getBuffer(1 + ID_LENGTH, whole.length())));
  }
}
