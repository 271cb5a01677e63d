package dev.sluice.gateway;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/**
 * Proxies before this node that may say who their client is, by {@code X-Forwarded-For}. Whoever
 * else sends such a header is believed nothing: an address opens what is open to some only.
 */
public final class Proxies {

  private static final String HEADER = "X-Forwarded-For";

  /** A chain of more is nobody's honest work. */
  private static final int MOST = 16;

  /** An IPv6 address with an IPv4 one at its end. */
  private static final int LONGEST = 45;

  private final Predicate<String> trusted;

  /**
   * @param trusted whether an IP address is one of theirs
   */
  public Proxies(Predicate<String> trusted) {
    this.trusted = trusted;
  }

  /** Hands requests on as if their clients had come themselves. */
  public Handler<HttpServerRequest> before(Handler<HttpServerRequest> edge) {
    return request -> edge.handle(seenThrough(request));
  }

  private HttpServerRequest seenThrough(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    if (!request.headers().contains(HEADER) || !trusted.test(peer.hostAddress())) {
      return request;
    }
    String client = client(request.headers().getAll(HEADER));
    return client == null
        ? request
        : new Forwarded((HttpServerRequestInternal) request, client, peer.port());
  }

  /**
   * The nearest address that is not a trusted proxy's own: what stands before it was written by who
   * knows whom. Null where the nearest is no address.
   */
  private String client(List<String> headers) {
    String[] chain = String.join(",", headers).split(",", MOST + 1);
    String client = null;
    for (int i = chain.length - 1; i >= 0 && i > chain.length - 1 - MOST; i--) {
      String address = literal(chain[i].strip());
      if (address == null) {
        return client;
      }
      client = address;
      if (!trusted.test(address)) {
        return client;
      }
    }
    return client;
  }

  /** Without the port that some add, in its usual form; null for what is no IP address. */
  private static String literal(String text) {
    String bare = text.startsWith("[") ? text.replaceFirst("^\\[(.*)\\](:[0-9]+)?$", "$1") : text;
    boolean isOfFour = bare.indexOf(':') == bare.lastIndexOf(':');
    String address = isOfFour ? bare.replaceFirst(":[0-9]+$", "") : bare;
    try {
      boolean isPlain = address.length() <= LONGEST && address.indexOf('%') < 0;
      return isPlain ? InetAddress.ofLiteral(address).getHostAddress() : null;
    } catch (IllegalArgumentException notAnAddress) {
      return null;
    }
  }

  private static final class Forwarded extends HttpServerRequestWrapper {

    private final SocketAddress client;

    Forwarded(HttpServerRequestInternal request, String client, int port) {
      super(request);
      this.client = SocketAddress.inetSocketAddress(port, client);
    }

    @Override
    public SocketAddress remoteAddress() {
      return client;
    }
  }
}
