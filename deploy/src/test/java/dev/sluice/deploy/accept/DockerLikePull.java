package dev.sluice.deploy.accept;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A pull by docker's own rules (moby, distribution/xfer and registry): a manifest is asked for
 * once; three layers at a time; a layer that breaks off goes on from the very byte, five attempts
 * in all, with a pause before each further one. Every byte is hashed.
 *
 * @param port of the load balancer, or of any other registry
 * @param prefix of the repository there
 */
record DockerLikePull(int port, String prefix, String repository, List<GeneratedBlob> layers) {
  private static final int AT_ONCE = 3;
  private static final int ATTEMPTS = 5;
  private static final int BUFFER = 256 * 1024;

  /** Docker waits 5 s, then 10, and so on; a test need not. */
  private static final long PAUSE_NANOS = 200_000_000L;

  /** Through the rule that these tests have. */
  DockerLikePull(int port, String repository, List<GeneratedBlob> layers) {
    this(port, "cache/", repository, layers);
  }

  /**
   * How a pull went.
   *
   * @param trouble what made it fail; empty where it did not
   * @param retries how many layers were asked for again
   */
  record Result(List<String> trouble, int retries, double seconds) {}

  Result run() throws Exception {
    long begun = System.nanoTime();
    List<String> trouble = new ArrayList<>();
    int retries = 0;
    manifest(trouble);
    if (trouble.isEmpty()) {
      List<Callable<Integer>> downloads =
          layers.stream().<Callable<Integer>>map(layer -> () -> download(layer)).toList();
      try (ExecutorService threads =
          Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
        for (Future<Integer> done : threads.invokeAll(downloads)) {
          try {
            retries += done.get() - 1;
          } catch (ExecutionException failed) {
            trouble.add(String.valueOf(failed.getCause().getMessage()));
          }
        }
      }
    }
    return new Result(List.copyOf(trouble), retries, (System.nanoTime() - begun) / 1e9);
  }

  private void manifest(List<String> trouble) {
    try (var download =
        RawDownload.request(port, "/v2/" + prefix + repository + "/manifests/latest")) {
      int status = download.head().status();
      if (status != 200) {
        trouble.add("manifest: status " + status);
      }
    } catch (IOException broken) {
      trouble.add("manifest: " + broken);
    }
  }

  /** How many attempts it took. */
  private int download(GeneratedBlob layer) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    long got = 0;
    List<String> failures = new ArrayList<>();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try (Layer body = Layer.open(port, path(layer), got)) {
        byte[] buffer = new byte[BUFFER];
        for (int n = body.read(buffer); n > 0; n = body.read(buffer)) {
          sha256.update(buffer, 0, n);
          got += n;
        }
        if (got == layer.size()) {
          judge(layer, sha256);
          return attempt;
        }
        failures.add("cut at byte " + got);
      } catch (IOException broken) {
        failures.add("at byte " + got + ": " + broken);
      }
      LockSupport.parkNanos(PAUSE_NANOS * attempt);
    }
    throw new IOException("layer " + layer.digest() + ": " + failures);
  }

  /** Bytes that came to their end and are wrong are beyond any retry. */
  private static void judge(GeneratedBlob layer, MessageDigest sha256) {
    String got = Sha256.named(sha256.digest());
    if (!got.equals(layer.digest())) {
      throw new WrongBytes("WRONG BYTES: " + got + " for " + layer.digest());
    }
  }

  /** A body was wrong, and ended as if it were right. */
  static final class WrongBytes extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongBytes(String message) {
      super(message);
    }
  }

  private String path(GeneratedBlob layer) {
    return "/v2/" + prefix + repository + "/blobs/" + layer.digest();
  }

  /** What is left of a layer. */
  private record Layer(Socket socket, InputStream in) implements AutoCloseable {

    static Layer open(int port, String path, long from) throws IOException {
      var socket = new Socket();
      try {
        socket.setSoTimeout(150_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String range = from == 0 ? "" : "Range: bytes=" + from + "-\r\n";
        String request =
            "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sConnection: close\r\n\r\n"
                .formatted(path, port, range);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var in = new BufferedInputStream(socket.getInputStream());
        HttpHead head = HttpHead.read(in);
        if (head.startLine().isEmpty() || head.status() != (from == 0 ? 200 : 206)) {
          throw new IOException("answered \"" + head.startLine() + '"');
        }
        return new Layer(socket, in);
      } catch (IOException failed) {
        socket.close();
        throw failed;
      }
    }

    int read(byte[] buffer) throws IOException {
      return in.read(buffer);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
