package io.htgateway.download.response;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Start of the XML document with which an object store refuses a request. Only known
 * codes are passed on.
 *
 * @param code text of <code>Code</code>, empty if it cannot be read
 * @param message text of <code>Message</code>, empty if it cannot be read
 */
record StoreRefusal(String code, String message) {

	/**
	 * Bytes of a refusal that are read, before and after decompression.
	 */
	static final int MAX_SIZE = 16 * 1024;

	private static final int MAX_TEXT = 256;

	private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredRequest", "RequestExpired",
			"TokenRefreshRequired");

	private static final Set<String> NOT_FOUND = Set.of("NoSuchKey", "NoSuchVersion", "NoSuchObject");

	private static final Set<String> NAMED = Set.of("AccessDenied", "AllAccessDisabled", "AccountProblem",
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
	 * Reads the given bytes, which may be cut off after the needed elements.
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
	 * Classifies a refusal with this status and document.
	 */
	DownloadException failure(int status) {
		if (isExpired(status)) {
			return new DownloadException.LinkExpired(status);
		}
		String name = NAMED.contains(code) ? code : null;
		return isNotFound(status) ? new DownloadException.NotFound(status, name)
				: new DownloadException.Failed(status, name);
	}

	private boolean isExpired(int status) {
		boolean refused = status == 400 || status == 403;
		return refused && (EXPIRED.contains(code)
				|| (code.equals("AccessDenied") && message.toLowerCase(Locale.ROOT).contains("expired")));
	}

	// S3 answers AccessDenied for a missing object if the signer may not list the bucket.
	private boolean isNotFound(int status) {
		return switch (status) {
			case 403 -> code.equals("AccessDenied") || NOT_FOUND.contains(code);
			case 404 -> !code.equals("NoSuchBucket");
			default -> false;
		};
	}

	// A new factory each time: factories are not documented to be thread-safe.
	private static XMLInputFactory factory() {
		XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
		factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
		return factory;
	}

	// White space before the declaration is not XML, but its meaning is clear. Text after
	// the code may be missing or broken.
	private static StoreRefusal parse(byte[] xml) throws XMLStreamException {
		XMLStreamReader reader = factory()
			.createXMLStreamReader(new ByteArrayInputStream(xml, start(xml), xml.length - start(xml)));
		Fields fields = new Fields();
		try {
			while (reader.hasNext()) {
				if (!fields.take(reader)) {
					return UNREADABLE;
				}
			}
		}
		catch (XMLStreamException cutOff) {
			return fields.found();
		}
		finally {
			reader.close();
		}
		return fields.found();
	}

	private static int start(byte[] xml) {
		int start = 0;
		while (start < xml.length && Character.isWhitespace(xml[start])) {
			start++;
		}
		return start;
	}

	/**
	 * Returns the requested children of the root, in a document of elements and text.
	 */
	private static final class Fields {

		private final Map<String, String> texts = new HashMap<>();

		private final StringBuilder text = new StringBuilder();

		private int depth;

		boolean take(XMLStreamReader reader) throws XMLStreamException {
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

		StoreRefusal found() {
			return new StoreRefusal(texts.getOrDefault("Code", "").strip(), texts.getOrDefault("Message", ""));
		}

	}

}
