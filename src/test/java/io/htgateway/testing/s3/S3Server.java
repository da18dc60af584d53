package io.htgateway.testing.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.htgateway.testing.LoopbackPorts;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * S3Proxy on loopback, with one bucket whose objects are in memory. It verifies
 * signatures. A test can make it faulty; the objects remain.
 */
public final class S3Server implements AutoCloseable {

	/**
	 * Name of the bucket.
	 */
	public static final String BUCKET = "snapshots";

	private static final Duration NEVER = Duration.ofDays(1);

	private final String accessKeyId = "AKIA" + UUID.randomUUID().toString().substring(0, 8);

	private final String secretAccessKey = UUID.randomUUID().toString();

	private final BlobStore store = new TransientNio2BlobStore();

	private final Listings listings = new Listings(store);

	private final S3Proxy proxy;

	private final S3Front front;

	private S3Server() throws Exception {
		store.createContainer(BUCKET);
		proxy = S3Proxy.builder()
			.blobStore(listings.over())
			.awsAuthentication(AuthenticationType.AWS_V4, accessKeyId, secretAccessKey)
			.endpoint(URI.create("http://127.0.0.1:0"))
			.build();
		proxy.start();
		front = new S3Front(LoopbackPorts.freePair(), proxy.getPort());
	}

	/**
	 * Starts a server whose bucket is empty.
	 */
	public static S3Server start() {
		try {
			return new S3Server();
		}
		catch (Exception ex) {
			throw new IllegalStateException("the S3 server has not started", ex);
		}
	}

	public URI uri() {
		return URI.create("http://127.0.0.1:" + front.port());
	}

	/**
	 * Returns the location of the given prefix for {@code gateway.history.location}.
	 */
	public String location(String prefix) {
		return "s3://" + BUCKET + (prefix.isEmpty() ? "" : "/" + prefix);
	}

	public String accessKeyId() {
		return accessKeyId;
	}

	public String secretAccessKey() {
		return secretAccessKey;
	}

	/**
	 * Returns the environment variables of a process that uses this server.
	 */
	public Map<String, String> environment() {
		return Map.of("AWS_ENDPOINT_URL_S3", uri().toString(), "AWS_REGION", "us-east-1", "AWS_ACCESS_KEY_ID",
				accessKeyId, "AWS_SECRET_ACCESS_KEY", secretAccessKey, "AWS_EC2_METADATA_DISABLED", "true");
	}

	/**
	 * Returns the system properties of a JVM that uses this server, for
	 * {@link AwsProperties#set}.
	 */
	public Map<String, String> properties() {
		return Map.of("aws.endpointUrlS3", uri().toString(), "aws.region", "us-east-1", "aws.accessKeyId", accessKeyId,
				"aws.secretAccessKey", secretAccessKey, "aws.disableEc2Metadata", "true");
	}

	/**
	 * Returns the keys of all objects, in order.
	 */
	public List<String> keys() {
		List<String> keys = new ArrayList<>();
		ListObjectsV2Request next = ListObjectsV2Request.builder().bucket(BUCKET).maxKeys(1_000).build();
		boolean more = true;
		while (more) {
			ListObjectsV2Response page = store.list(next);
			page.contents().forEach((object) -> keys.add(object.key()));
			more = Boolean.TRUE.equals(page.isTruncated());
			next = next.toBuilder().continuationToken(page.nextContinuationToken()).build();
		}
		return keys;
	}

	/**
	 * Returns the content of an object, which must exist.
	 */
	public byte[] content(String key) {
		try (var object = store.getBlob(BUCKET, key)) {
			return object.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Stores an object directly, without an S3 request.
	 */
	public void put(String key, byte[] content) {
		store.putBlob(PutObjectRequest.builder().bucket(BUCKET).key(key).contentLength((long) content.length).build(),
				new ByteArrayInputStream(content));
	}

	/**
	 * Replaces the listing by the given keys, which need no objects.
	 */
	public void pretend(NavigableSet<String> keys) {
		listings.pretend(keys);
	}

	/**
	 * Limits the keys in one response to the given number, even if the request permits
	 * more.
	 */
	public void limitPages(int keys) {
		listings.limitPages(keys);
	}

	/**
	 * Returns the number of received requests of the given kind, including unanswered
	 * ones.
	 */
	public int calls(S3Call call) {
		return front.calls(call);
	}

	/**
	 * Returns the request line and the headers of the last request.
	 */
	public String lastRequest() {
		return front.lastHead();
	}

	/**
	 * Returns the number of open connections.
	 */
	public int connections() {
		return front.connections();
	}

	/**
	 * Returns the number of bytes of all responses.
	 */
	public long sent() {
		return front.sent();
	}

	/**
	 * Refuses connections, and closes those that are open.
	 */
	public void down() {
		front.shut();
	}

	/**
	 * Answers each request after the given time.
	 */
	public void slow(Duration time) {
		front.become(new S3Fault.Late(time, new CountDownLatch(1)));
	}

	/**
	 * Answers no request until {@link #recover()}.
	 */
	public void hang() {
		slow(NEVER);
	}

	/**
	 * Refuses writes with status 507, as a full store does.
	 */
	public void full() {
		front.become(new S3Fault.Refusal(EnumSet.of(S3Call.WRITE), 507, "InsufficientStorage"));
	}

	/**
	 * Answers each request with an error, such as 403 and AccessDenied.
	 */
	public void refuse(int status, String code) {
		front.become(new S3Fault.Refusal(status, code));
	}

	/**
	 * Sends only the first bytes of each response, and closes the connection.
	 */
	public void cut(int bytes) {
		front.become(new S3Fault.Cut(bytes));
	}

	/**
	 * Ends every fault.
	 */
	public void recover() {
		front.become(new S3Fault.None());
		front.reopen();
	}

	@Override
	public void close() {
		front.close();
		try {
			proxy.stop();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		store.close();
	}

}
