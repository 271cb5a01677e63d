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

  /**
   * The nodes that answer as far as is known, in the order of their names; this one among them,
   * unless it is about to leave and there are others. Never empty.
   */
  List<Node> living();

  /**
   * Asks another node: a decision, never bytes of blobs. It may take its time to decide.
   *
   * @return fails within some 2 s where the node is silent, and where it has no answer
   */
  Future<Buffer> ask(Node node, Buffer question);

  /** Sets how this node answers the others. */
  void answerBy(Function<Buffer, Future<Buffer>> answers);
}
