import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** Stands in for MinIO: {@code server FOLDER} serves the buckets in a folder to its one owner. */
class BucketServer {
  static void main(String[] words) throws Exception {
    String secret = Files.readString(Path.of(System.getenv("MINIO_ROOT_PASSWORD_FILE"))).strip();
    Properties properties = new Properties();
    properties.setProperty("s3proxy.endpoint", "http://0.0.0.0:9000");
    properties.setProperty("s3proxy.authorization", "aws-v2-or-v4");
    properties.setProperty("s3proxy.identity", System.getenv("MINIO_ROOT_USER"));
    properties.setProperty("s3proxy.credential", secret);
    S3Proxy.Builder.fromProperties(properties)
        .blobStore(new FilesystemNio2BlobStore(words[1]))
        .ignoreUnknownHeaders(true)
        .build()
        .start();
  }
}
