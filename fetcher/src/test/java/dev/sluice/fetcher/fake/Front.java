package dev.sluice.fetcher.fake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Brings a request to what answers it: authorization first, then the scripts, then the truth. */
final class Front {
  private final PullRoutes routes;
  private final Cdn cdn;
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private volatile Access access = Access.OPEN;
  private volatile Optional<TokenRealm> realm = Optional.empty();

  Front(Repositories repositories, Cdn cdn) {
    this.cdn = cdn;
    this.routes = new PullRoutes(repositories, cdn::redirect);
  }

  void use(Access wanted) {
    access = wanted;
    realm = wanted instanceof TokenRealm tokens ? Optional.of(tokens) : Optional.empty();
  }

  Optional<TokenRealm> realm() {
    return realm;
  }

  Script script(Predicate<Request> matcher) {
    Script script = new Script(matcher);
    scripts.add(script);
    return script;
  }

  void forgetScripts() {
    scripts.clear();
  }

  Reply answer(Request request) {
    if (request.path().equals("/token")) {
      return scripted(request, this::issue);
    }
    if (request.path().startsWith("/cdn/")) {
      return scripted(request, cdn::answer);
    }
    if (request.listener() != Listener.REGISTRY) {
      return Reply.error(404, "UNSUPPORTED");
    }
    return access
        .refuse(request)
        .map(Front::asRegistry)
        .orElseGet(() -> scripted(request, right -> asRegistry(routes.answer(right))));
  }

  private Reply issue(Request request) {
    return realm.map(tokens -> tokens.issue(request)).orElse(Reply.error(404, "UNSUPPORTED"));
  }

  private Reply scripted(Request request, Function<Request, Reply> right) {
    Stream<Script> gatesLast =
        Stream.of(false, true).flatMap(h -> scripts.stream().filter(s -> s.isHolding() == h));
    Function<Request, Reply> answer = right;
    for (Script script : gatesLast.toList()) {
      Function<Request, Reply> inner = answer;
      answer = asked -> script.answer(asked, inner);
    }
    return answer.apply(request);
  }

  /** What a registry says of itself; a fault that makes up its own answer does not. */
  private static Reply asRegistry(Reply reply) {
    return reply.header("Docker-Distribution-Api-Version", "registry/2.0");
  }
}
