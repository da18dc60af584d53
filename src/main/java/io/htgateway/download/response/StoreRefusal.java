package io.htgateway.download.response;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Error response of an object store, read from the start of its XML document. Callers
 * only see codes that the gateway knows.
 *
 * @param code text of <code>Code</code>, or an empty text if it cannot be read
 * @param message text of <code>Message</code>, or an empty text if it cannot be read
 */
record StoreRefusal(String code, String message) {

	/**
	 * Maximum number of bytes that are read of a refusal, before and after decompression.
	 */
	static final int MAX_SIZE = 16 * 1024;

	private static final int MAX_TEXT = 256;

	private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredRequest", "RequestExpired",
			"TokenRefreshRequired");

	private static final Set<String> SLOW_DOWN = Set.of("SlowDown", "TooManyRequests");

	private static final Set<String> NOT_FOUND = Set.of("NoSuchKey", "NoSuchVersion", "NoSuchObject");

	private static final Set<String> KNOWN = Set.of("AccessDenied", "AllAccessDisabled", "AccountProblem",
			"AuthorizationHeaderMalformed", "AuthorizationQueryParametersError", "BadDigest", "ExpiredRequest",
			"ExpiredToken", "InternalError", "InvalidAccessKeyId", "InvalidArgument", "InvalidBucketName",
			"InvalidObjectState", "InvalidRequest", "InvalidSecurity", "InvalidToken", "InvalidURI", "KeyTooLongError",
			"MethodNotAllowed", "NoSuchBucket", "NoSuchKey", "NoSuchObject", "NoSuchVersion", "NotSignedUp",
			"OperationAborted", "PermanentRedirect", "PreconditionFailed", "Redirect", "RequestExpired",
			"RequestHeaderSectionTooLarge", "RequestTimeTooSkewed", "RequestTimeout", "ServiceUnavailable",
			"SignatureDoesNotMatch", "SlowDown", "TemporaryRedirect", "TokenRefreshRequired", "TooManyRequests",
			"UserKeyMustBeSpecified");

	private static final StoreRefusal UNREADABLE = new StoreRefusal("", "");

	/**
	 * Reads the given document, which may be cut off after the two elements.
	 */
	static StoreRefusal read(byte[] body) {
		try {
			return parse(Gzip.unpack(body, MAX_SIZE));
		}
		catch (XMLStreamException | RuntimeException notXml) {
			return UNREADABLE;
		}
	}

	/**
	 * Returns the failure that a response with this document means.
	 * @param wait the time to wait that the store asked for, if any
	 */
	DownloadException failure(int status, Optional<Duration> wait) {
		if (isExpired(status)) {
			return new DownloadException.LinkExpired(status);
		}
		String name = KNOWN.contains(code) ? code : null;
		if (isSlowDown(status) || (isOverloaded(status) && wait.isPresent())) {
			return new DownloadException.SlowDown(status, name, wait.orElse(Duration.ZERO));
		}
		return isNotFound(status) ? new DownloadException.NotFound(status, name)
				: new DownloadException.Failed(status, name);
	}

	private boolean isExpired(int status) {
		boolean refused = status == 400 || status == 403;
		return refused && (EXPIRED.contains(code)
				|| (code.equals("AccessDenied") && message.toLowerCase(Locale.ROOT).contains("expired")));
	}

	private boolean isSlowDown(int status) {
		return isOverloaded(status) && SLOW_DOWN.contains(code);
	}

	private static boolean isOverloaded(int status) {
		return status == 429 || status == 503;
	}

	// S3 answers AccessDenied for a missing object if the signer may not list the bucket.
	private boolean isNotFound(int status) {
		return switch (status) {
			case 403 -> code.equals("AccessDenied") || NOT_FOUND.contains(code);
			case 404 -> !code.equals("NoSuchBucket");
			default -> false;
		};
	}

	// Creates a factory for each document: factories are not documented as thread-safe.
	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		return factory;
	}

	// White space before the XML declaration is not valid, but harmless. The document may
	// be cut off or broken after the code.
	private static StoreRefusal parse(byte[] xml) throws XMLStreamException {
		XMLStreamReader reader = factory()
			.createXMLStreamReader(new ByteArrayInputStream(xml, start(xml), xml.length - start(xml)));
		Fields fields = new Fields();
		try {
			while (reader.hasNext()) {
				if (!fields.read(reader)) {
					return UNREADABLE;
				}
			}
		}
		catch (XMLStreamException cutOff) {
			return fields.refusal();
		}
		finally {
			reader.close();
		}
		return fields.refusal();
	}

	private static int start(byte[] xml) {
		int start = 0;
		while (start < xml.length && Character.isWhitespace(xml[start])) {
			start++;
		}
		return start;
	}

	/**
	 * Collects the texts of the root's children. Stops at a document type, an entity, or
	 * a root of another name than <code>Error</code>.
	 */
	private static final class Fields {

		private final Map<String, String> texts = new HashMap<>();

		private final StringBuilder text = new StringBuilder();

		private int depth;

		boolean read(XMLStreamReader reader) throws XMLStreamException {
			switch (reader.next()) {
				case XMLStreamConstants.START_ELEMENT -> {
					depth++;
					text.setLength(0);
					return depth > 1 || reader.getLocalName().equals("Error");
				}
				case XMLStreamConstants.END_ELEMENT -> {
					if (depth == 2) {
						texts.putIfAbsent(reader.getLocalName(), text.toString());
					}
					depth--;
				}
				case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
					if (depth == 2 && text.length() <= MAX_TEXT) {
						text.append(reader.getText());
					}
				}
				case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
					return false;
				}
				default -> {
				}
			}
			return true;
		}

		StoreRefusal refusal() {
			return new StoreRefusal(texts.getOrDefault("Code", "").strip(), texts.getOrDefault("Message", ""));
		}

	}

}
