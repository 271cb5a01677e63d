package dev.sluice.deploy.accept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that speaks TLS itself, and whose certificate is renewed while it runs. */
@RequiresClients
class TlsTest {
  private static final Duration TAKEN_UP_DEADLINE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private TestUpstream upstream;
  private SluiceNode node;

  @BeforeEach
  void start() throws Exception {
    upstream = TestUpstream.start(Pace.of(Integer.MAX_VALUE));
    make("first");
    use("first", "first");
    node =
        SluiceNode.start(
            NodeConfig.of(folder.resolve("data"), RuleConfig.daily("cache", upstream.endpoint()))
                .with(
                    "tls: { certificate: %s, key: %s }\n"
                        .formatted(folder.resolve("tls.crt"), folder.resolve("tls.key"))));
  }

  @AfterEach
  void end() throws Exception {
    if (node != null) {
      node.close();
    }
    upstream.close();
  }

  private void make(String name) throws Exception {
    new Tool(List.of("openssl", "req", "-x509"), Map.of(), folder.resolve("tools"))
        .succeed(
            ("-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=%s"
                    + " -addext subjectAltName=IP:127.0.0.1 -keyout %s.key -out %s.crt")
                .formatted(name, folder.resolve(name), folder.resolve(name))
                .split(" "));
  }

  /** Puts the files in their places, as those who renew certificates do. */
  private void use(String certificate, String key) throws IOException {
    for (String[] each : new String[][] {{certificate, ".crt"}, {key, ".key"}}) {
      Path copy = Files.copy(folder.resolve(each[0] + each[1]), folder.resolve("new" + each[1]));
      Files.move(copy, folder.resolve("tls" + each[1]), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static SSLContext trustingAll() throws Exception {
    TrustManager any =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(X509Certificate[] chain, String type) {}

          @Override
          public void checkServerTrusted(X509Certificate[] chain, String type) {}

          @Override
          public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
          }
        };
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {any}, null);
    return context;
  }

  /** Whom a client that connects now is shown. */
  private String shown() throws Exception {
    try (SSLSocket socket = connect()) {
      return subject(socket);
    }
  }

  private SSLSocket connect() throws Exception {
    var socket =
        (SSLSocket)
            trustingAll()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), node.port());
    socket.startHandshake();
    return socket;
  }

  private static String subject(SSLSocket socket) throws Exception {
    var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return leaf.getSubjectX500Principal().getName();
  }

  private HttpResponse<byte[]> get(Version version, String path) throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(trustingAll()).build()) {
      URI target = URI.create("https://" + node.registry() + path);
      HttpRequest request =
          HttpRequest.newBuilder(target).header("Accept", MediaTypes.ACCEPTED).build();
      return client.send(request, BodyHandlers.ofByteArray());
    }
  }

  @Test
  void bothVersionsOfTheProtocolGiveTheSameBytes() throws Exception {
    GeneratedBlob layer = ClusterStory.publish(upstream, "team/app", 1, 8).getFirst();
    String path = "/v2/cache/team/app/blobs/" + layer.digest();
    for (Version version : List.of(Version.HTTP_2, Version.HTTP_1_1)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<byte[]> blob = get(version, path);
        assertThat(blob.version()).isEqualTo(version);
        assertThat(blob.statusCode()).isEqualTo(200);
        assertThat(Sha256.of(blob.body())).isEqualTo(layer.digest());
      }
      assertThat(get(version, "/v2/cache/team/app/manifests/latest").statusCode()).isEqualTo(200);
    }
    assertThat(upstream.blobGets()).containsEntry(layer.digest(), 1L);
  }

  @Test
  void aRenewedCertificateIsShownToWhoeverConnectsFromThenOn() throws Exception {
    try (SSLSocket before = connect()) {
      make("second");
      use("second", "second");

      Await.until("the second", TAKEN_UP_DEADLINE, () -> shown().equals("CN=second"));

      before
          .getOutputStream()
          .write("GET /v2/ HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(HttpHead.read(before.getInputStream()).status()).isEqualTo(200);
      assertThat(subject(before)).isEqualTo("CN=first");
    }
  }

  @Test
  void filesThatDoNotFitEachOtherAreNotTakenUp() throws Exception {
    make("second");
    use("second", "first");
    Await.until(
        "a line that says so",
        TAKEN_UP_DEADLINE,
        () -> node.log().contains("the certificate stays as it was"));
    assertThat(shown()).isEqualTo("CN=first");

    use("second", "second");
    Await.until("the second", TAKEN_UP_DEADLINE, () -> shown().equals("CN=second"));
  }
}
