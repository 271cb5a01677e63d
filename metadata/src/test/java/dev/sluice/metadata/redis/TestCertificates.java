package dev.sluice.metadata.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate for 127.0.0.1 that vouches for itself, made by openssl in a folder. */
record TestCertificates(Path certificate, Path key) {

  static TestCertificates in(Path folder) throws IOException {
    TestCertificates made =
        new TestCertificates(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
    String said =
        RedisServer.run(
            List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "3650",
                "-subj",
                "/CN=redis of a test",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                made.key.toString(),
                "-out",
                made.certificate.toString()));
    if (!Files.exists(made.certificate)) {
      throw new IOException(said);
    }
    return made;
  }

  Path authority() {
    return certificate;
  }
}
