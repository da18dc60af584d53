package io.htgateway.history.s3;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import io.htgateway.history.store.SnapshotStoreException;
import io.netty.channel.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;

/**
 * Formats the reasons of failed requests to an object store for operators: status and
 * code of the store, or the cause in the network.
 */
final class S3Failures {

	// The messages of the SDK continue with general advice.
	private static final Pattern FIRST_SENTENCE = Pattern.compile("^(.{1,200}?)(?:\\. .*|\\.?)$");

	private final S3Limits limits;

	S3Failures(S3Limits limits) {
		this.limits = limits;
	}

	/**
	 * Returns the failure of an operation, with a reason such as "write: 403
	 * AccessDenied".
	 */
	SnapshotStoreException of(String operation, Throwable failure) {
		return (failure instanceof SnapshotStoreException known) ? known
				: new SnapshotStoreException(operation + ": " + reason(failure), failure);
	}

	private String reason(Throwable failure) {
		return Stream.<Throwable>iterate(failure, (cause) -> cause != null, Throwable::getCause)
			.limit(10)
			.map(this::known)
			.filter((reason) -> reason != null)
			.findFirst()
			.orElseGet(() -> unknown(failure));
	}

	private @Nullable String known(Throwable failure) {
		return switch (failure) {
			case AwsServiceException answer -> answer(answer);
			case BoundedBody.TooLargeException tooLarge -> tooLarge.getMessage();
			case MissingCredentialsException missing -> missing.getMessage();
			case ApiCallAttemptTimeoutException _ -> noAnswer(limits.attempt());
			case TimeoutException _ -> noAnswer(limits.operation());
			case UnknownHostException _ -> "unknown host";
			case ConnectTimeoutException _ -> "no connection within " + limits.connect().toSeconds() + " s";
			case ConnectException refused ->
				String.valueOf(refused.getMessage()).contains("refused") ? "connection refused" : "no connection";
			case SSLException tls -> "TLS: " + tls.getMessage();
			default -> null;
		};
	}

	private static String answer(AwsServiceException answer) {
		AwsErrorDetails details = answer.awsErrorDetails();
		String code = (details != null) ? details.errorCode() : null;
		return answer.statusCode() + ((code != null) ? " " + code : "");
	}

	private static String noAnswer(Duration limit) {
		return "no answer within " + limit.toSeconds() + " s";
	}

	private static String unknown(Throwable failure) {
		Throwable last = failure;
		while (last.getCause() != null) {
			last = last.getCause();
		}
		String message = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
		return last.getClass().getSimpleName() + ": " + FIRST_SENTENCE.matcher(message).replaceFirst("$1");
	}

}
