package dev.sluice.storage.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Uploads for which nothing has come for long: their process is dead. */
final class AbandonedUploads {

  private final S3Objects objects;
  private final S3Calls calls;

  AbandonedUploads(S3Objects objects) {
    this.objects = objects;
    this.calls = objects.calls;
  }

  /** Those that were begun, and got their last part, before this moment; none of this process. */
  List<MultipartUpload> since(Instant moment) throws IOException {
    List<MultipartUpload> abandoned = new ArrayList<>();
    for (MultipartUpload upload : all()) {
      boolean isOld =
          upload.initiated().isBefore(moment) && !objects.isUploading(upload.uploadId());
      if (isOld && !hasPartSince(upload, moment)) {
        abandoned.add(upload);
      }
    }
    return abandoned;
  }

  private List<MultipartUpload> all() throws IOException {
    List<MultipartUpload> all = new ArrayList<>();
    String key = null;
    String id = null;
    boolean more = true;
    while (more) {
      ListMultipartUploadsRequest page =
          ListMultipartUploadsRequest.builder()
              .bucket(calls.bucket)
              .prefix(objects.keys.all())
              .keyMarker(key)
              .uploadIdMarker(id)
              .build();
      ListMultipartUploadsResponse shown =
          calls.answer("list unfinished uploads", calls.client.listMultipartUploads(page));
      all.addAll(shown.uploads());
      key = shown.nextKeyMarker();
      id = shown.nextUploadIdMarker();
      more = Boolean.TRUE.equals(shown.isTruncated()) && key != null;
    }
    return all;
  }

  /** Its owner may have ended it meanwhile; then there is nothing to drop. */
  private boolean hasPartSince(MultipartUpload upload, Instant moment) throws IOException {
    try {
      return anyPartSince(upload, moment);
    } catch (S3Trouble trouble) {
      if (trouble.isMissing()) {
        return true;
      }
      throw trouble;
    }
  }

  private boolean anyPartSince(MultipartUpload upload, Instant moment) throws IOException {
    Integer after = null;
    boolean more = true;
    while (more) {
      ListPartsRequest page =
          ListPartsRequest.builder()
              .bucket(calls.bucket)
              .key(upload.key())
              .uploadId(upload.uploadId())
              .partNumberMarker(after)
              .build();
      ListPartsResponse shown =
          calls.answer("list the parts of an upload", calls.client.listParts(page));
      if (shown.parts().stream().anyMatch(part -> !part.lastModified().isBefore(moment))) {
        return true;
      }
      after = shown.nextPartNumberMarker();
      more = Boolean.TRUE.equals(shown.isTruncated()) && after != null;
    }
    return false;
  }

  /** Drops what was sent of one. */
  void drop(MultipartUpload upload) throws IOException {
    calls.answer(
        "drop an unfinished upload",
        calls.client.abortMultipartUpload(
            request -> request.bucket(calls.bucket).key(upload.key()).uploadId(upload.uploadId())));
  }
}
