package dev.sluice.gateway.console;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The console's page and its files, read once when the node starts: what a request names is looked
 * up in that list, and never on a disk. Nobody needs a login for them, since they tell nothing.
 */
public final class Pages {

  private static final String INDEX = "index.html";

  /** For which browsers ask whatever a page says. */
  private static final String ICON = "/favicon.ico";

  /** What the paths of files begin with. */
  private static final String FOLDER = "/console/";

  /** No script but ours, no frame around us, nothing sent to or loaded from anybody else. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
              + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cache-Control",
          "no-cache");

  private final Map<String, Page> byPath;

  private Pages(Map<String, Page> byPath) {
    this.byPath = Map.copyOf(byPath);
  }

  /** Those that the build has put beside this class. */
  public static Pages open() {
    URL index = Pages.class.getResource(INDEX);
    try {
      URI place = index.toURI();
      if (!place.getScheme().equals("jar")) {
        return read(Path.of(place).getParent());
      }
      try (FileSystem jar = FileSystems.newFileSystem(place, Map.of())) {
        String inside = place.toString().substring(place.toString().indexOf('!') + 1);
        return read(jar.getPath(inside).getParent());
      }
    } catch (IOException broken) {
      throw new UncheckedIOException("the console's files cannot be read", broken);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Pages read(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    Map<String, Page> pages = new HashMap<>();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      Page.of(name, Files.readAllBytes(file))
          .ifPresent(page -> pages.put(name.equals(INDEX) ? "/" : FOLDER + name, page));
    }
    return new Pages(pages);
  }

  /**
   * Whether a path is the page's or one of its files', be it there or not. What is not there is
   * answered here too: the registry would have the browser ask for a password.
   */
  public boolean has(HttpServerRequest request) {
    String path = request.path();
    boolean isRead =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    return isRead && (path.startsWith(FOLDER) || path.equals("/") || path.equals(ICON));
  }

  /** Answers a request for one of those that are {@link #has had}. */
  public void handle(HttpServerRequest request) {
    String path = request.path().equals(ICON) ? FOLDER + ICON.substring(1) : request.path();
    Page page = byPath.get(path);
    if (page == null) {
      HEADERS.forEach(request.response()::putHeader);
      request.response().setStatusCode(404).putHeader(HttpHeaders.CONTENT_LENGTH, "0").end();
      return;
    }
    send(request, page);
  }

  private static void send(HttpServerRequest request, Page page) {
    HttpServerResponse response = request.response();
    HEADERS.forEach(response::putHeader);
    response.putHeader(HttpHeaders.ETAG, page.etag());
    String known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
    if (known != null && (known.contains(page.etag()) || known.strip().equals("*"))) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, page.type())
        .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.bytes().length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(page.bytes());
    }
  }
}
