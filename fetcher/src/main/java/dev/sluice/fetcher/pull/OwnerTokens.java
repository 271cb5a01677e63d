package dev.sluice.fetcher.pull;

import dev.sluice.fetcher.Nodes.Node;
import dev.sluice.fetcher.peers.PeerAnswer.Issued;
import dev.sluice.fetcher.peers.PeerQuestion;
import dev.sluice.fetcher.peers.PeerQuestion.Subject;
import dev.sluice.fetcher.upstream.Sharing;
import dev.sluice.fetcher.upstream.Token;
import dev.sluice.fetcher.upstream.TokenWish;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** One fetch of a token for the whole cluster, by the token's owner. */
record OwnerTokens(Peers peers) implements Sharing {

  @Override
  public int nodes() {
    return peers.nodes().living().size();
  }

  @Override
  public Future<Optional<Token>> token(TokenWish wish) {
    String key = wish.rule().registry() + ' ' + wish.credential() + ' ' + wish.repository();
    List<Node> ahead = peers.owners().ahead(key);
    if (ahead.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    var question =
        new PeerQuestion.OfToken(
            Subject.rule(wish.rule()), wish.repository(), wish.credential(), wish.challenge());
    return peers
        .colleagues()
        .begin(ahead.getFirst(), question)
        .map(answer -> answer instanceof Issued(var token) ? Optional.of(token) : Optional.empty());
  }
}
