package dev.sluice.fetcher;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;

/** The nodes of the cluster, as this one sees them now. Used from any thread. */
public interface Nodes {

  /** A cluster of one. */
  Nodes ALONE =
      new Nodes() {
        private static final Node SELF = new Node("self", "");

        @Override
        public Node self() {
          return SELF;
        }

        @Override
        public List<Node> living() {
          return List.of(SELF);
        }

        @Override
        public Future<Buffer> ask(Node node, Buffer question) {
          return Future.failedFuture("there is no other node");
        }

        @Override
        public void answerBy(Function<Buffer, Future<Buffer>> answers) {}
      };

  /**
   * A node.
   *
   * @param name the same after a restart, so that it owns then what it owned before
   * @param blobs host:port of its blob server
   */
  record Node(String name, String blobs) {}

  /** This node. */
  Node self();

  /** The nodes that answer as far as is known, this one among them, in the order of their names. */
  List<Node> living();

  /**
   * Asks another node: a decision, never bytes of blobs.
   *
   * @return fails within 1 s where it does not answer
   */
  Future<Buffer> ask(Node node, Buffer question);

  /** Sets how this node answers the others; one that answers late is taken for dead. */
  void answerBy(Function<Buffer, Future<Buffer>> answers);
}
