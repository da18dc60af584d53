package io.htgateway.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.htgateway.tls.TlsHandshakeException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * The reason for a failed connection, without the messages of the HTTP client, which may
 * repeat a link or received data.
 *
 * @param kind what failed
 * @param words the reason as a clause about the server, such as "it refused the
 * connection"
 */
public record ConnectionFailure(Kind kind, String words) {

	private static final int MAX_CAUSES = 20;

	/**
	 * The name of an alert is from the JDK, not received text.
	 */
	private static final Pattern ALERT = Pattern.compile("Received fatal alert: ([a-z_]+)$");

	private static final Pattern CLOSE_NOTIFY = Pattern.compile("Received close_notify during handshake");

	/**
	 * What failed.
	 */
	public enum Kind {

		UNKNOWN_HOST, REFUSED, NO_ROUTE, CONNECT_TIMEOUT, NO_TLS, UNTRUSTED, HANDSHAKE, TLS, NOT_HTTP, TIMED_OUT,
		CLOSED, OTHER;

		/**
		 * Returns whether the request was certainly not sent.
		 */
		public boolean isBeforeRequest() {
			return switch (this) {
				case UNKNOWN_HOST, REFUSED, NO_ROUTE, CONNECT_TIMEOUT, NO_TLS, UNTRUSTED, HANDSHAKE -> true;
				case TLS, NOT_HTTP, TIMED_OUT, CLOSED, OTHER -> false;
			};
		}

	}

	/**
	 * Classifies a failure of the HTTP client.
	 */
	public static ConnectionFailure of(Throwable failure) {
		List<Throwable> causes = causes(failure);
		for (Throwable cause : causes) {
			ConnectionFailure certificate = ofCertificate(cause);
			if (certificate != null) {
				return certificate;
			}
		}
		for (Throwable cause : causes) {
			ConnectionFailure known = ofCause(cause);
			if (known != null) {
				return known;
			}
		}
		return new ConnectionFailure(Kind.OTHER,
				"the connection failed (" + causes.getLast().getClass().getSimpleName() + ")");
	}

	private static List<Throwable> causes(Throwable failure) {
		List<Throwable> causes = new ArrayList<>();
		Throwable cause = failure;
		while (cause != null && causes.size() < MAX_CAUSES) {
			causes.add(cause);
			cause = cause.getCause();
		}
		return causes;
	}

	private static @Nullable ConnectionFailure ofCertificate(Throwable cause) {
		return switch (cause) {
			case CertificateExpiredException _ -> untrusted("it has expired");
			case CertificateNotYetValidException _ -> untrusted("it is not valid yet");
			case CertPathBuilderException _ -> untrusted("no authority that the gateway trusts has issued it");
			case CertificateException other when isHostMismatch(other) -> untrusted("it is for another host");
			default -> null;
		};
	}

	private static boolean isHostMismatch(CertificateException failure) {
		String message = String.valueOf(failure.getMessage());
		return failure.getCause() == null
				&& (message.startsWith("No subject alternative") || message.startsWith("No name matching"));
	}

	private static ConnectionFailure untrusted(String reason) {
		return new ConnectionFailure(Kind.UNTRUSTED, "its certificate is not trusted: " + reason);
	}

	private static @Nullable ConnectionFailure ofCause(Throwable cause) {
		return switch (cause) {
			case TlsHandshakeException _ when causes(cause).stream().anyMatch(CertificateException.class::isInstance) ->
				untrusted("it is invalid");
			case TlsHandshakeException _ when causes(cause).stream()
				.anyMatch(NotSslRecordException.class::isInstance) -> noTls();
			case TlsHandshakeException _ -> new ConnectionFailure(Kind.HANDSHAKE, handshake(causes(cause).getLast()));
			case CertificateException _ -> untrusted("it is invalid");
			case UnknownHostException _ -> new ConnectionFailure(Kind.UNKNOWN_HOST, "its name cannot be resolved");
			case ConnectTimeoutException _ ->
				new ConnectionFailure(Kind.CONNECT_TIMEOUT, "it did not accept the connection in time");
			case NoRouteToHostException _ -> new ConnectionFailure(Kind.NO_ROUTE, "no route leads to it");
			case ConnectException _ -> new ConnectionFailure(Kind.REFUSED, "it refused the connection");
			case NotSslRecordException _ -> noTls();
			case SSLException _ -> new ConnectionFailure(Kind.TLS, "TLS failed");
			case TimeoutException _, ReadTimeoutException _ ->
				new ConnectionFailure(Kind.TIMED_OUT, "it did not answer in time");
			case PrematureCloseException _, ClosedChannelException _, AbortedException _ ->
				new ConnectionFailure(Kind.CLOSED, "it closed the connection before its answer was complete");
			case IOException reset when isReset(reset) -> new ConnectionFailure(Kind.CLOSED, "it reset the connection");
			case DecoderException decoder when decoder.getCause() == null -> notHttp();
			case IllegalArgumentException _ -> notHttp();
			default -> null;
		};
	}

	private static String handshake(Throwable cause) {
		Matcher alert = ALERT.matcher(String.valueOf(cause.getMessage()));
		if (alert.find()) {
			return "it refused the TLS handshake (" + alert.group(1) + ")";
		}
		if (cause instanceof SslHandshakeTimeoutException) {
			return "it did not complete the TLS handshake in time";
		}
		if (cause instanceof IOException && isReset(cause)) {
			return "it reset the connection during the TLS handshake";
		}
		return (cause instanceof ClosedChannelException
				|| CLOSE_NOTIFY.matcher(String.valueOf(cause.getMessage())).find())
						? "it closed the connection during the TLS handshake" : "the TLS handshake with it failed";
	}

	private static boolean isReset(Throwable cause) {
		return String.valueOf(cause.getMessage()).contains("reset");
	}

	private static ConnectionFailure noTls() {
		return new ConnectionFailure(Kind.NO_TLS, "it does not speak TLS on this port");
	}

	private static ConnectionFailure notHttp() {
		return new ConnectionFailure(Kind.NOT_HTTP, "its answer is not HTTP");
	}

}
