package io.htgateway.http;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Links from servers, resolved by RFC 3986 5.2. Raw characters are percent-encoded, as in
 * HTTP clients. Every other byte is preserved, and a reference with a scheme is not
 * normalised, because it may be signed.
 */
public final class UriReference {

	/**
	 * Maximum length of a reference, in bytes.
	 */
	public static final int MAX_LENGTH = ResponseHead.MAX_SIZE;

	// RFC 3986, appendix B.
	private static final Pattern PARTS = Pattern
		.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?", Pattern.DOTALL);

	private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

	private static final Pattern SIGNATURE = Pattern.compile("(^|&)((x-(amz|goog)-)?signature|sig)=",
			Pattern.CASE_INSENSITIVE);

	private UriReference() {
	}

	/**
	 * Returns the URI in the given decoded text, such as a JSON string.
	 * @throws IllegalArgumentException if the text is not a URI reference
	 */
	public static URI of(String text) {
		try {
			ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(withoutSpaces(text)));
			return Parts.of(StandardCharsets.ISO_8859_1.decode(bytes).toString()).toUri();
		}
		catch (CharacterCodingException unpaired) {
			throw new IllegalArgumentException("a URI must not contain unpaired surrogates", unpaired);
		}
	}

	/**
	 * Returns whether the given URI is pre-signed.
	 */
	public static boolean isSigned(URI uri) {
		String query = uri.getRawQuery();
		return query != null && SIGNATURE.matcher(query).find();
	}

	// Only around the text, as HTTP does for the value of a header.
	private static String withoutSpaces(String text) {
		return StringUtils.trimTrailingCharacter(StringUtils.trimLeadingCharacter(text, ' '), ' ');
	}

	/**
	 * Returns the target of a <code>Location</code> header (RFC 9110 10.2.2).
	 * @param request the URI that was requested
	 * @param location the value of the header; each character is one received byte
	 * @throws IllegalArgumentException if the value is not a URI reference
	 */
	public static URI resolve(URI request, String location) {
		return Parts.of(location).resolve(Parts.of(request.toString())).toUri();
	}

	private record Parts(@Nullable String scheme, @Nullable String authority, String path, @Nullable String query,
			@Nullable String fragment) {

		static Parts of(String bytes) {
			Matcher parts = PARTS.matcher(bytes);
			if (!parts.matches()) {
				throw new IllegalArgumentException("not a URI reference");
			}
			Parts split = new Parts(parts.group(1), parts.group(2), parts.group(3), parts.group(4), parts.group(5));
			if (!split.isValid()) {
				throw new IllegalArgumentException("not a URI reference");
			}
			return split;
		}

		// Text before a colon must be a scheme, because the first segment of a relative
		// path has no colon (RFC 3986 4.2). A host is never percent-encoded, because
		// clients interpret such hosts differently.
		private boolean isValid() {
			return (scheme != null) ? SCHEME.matcher(scheme).matches() && isAscii(authority)
					: !path.startsWith(":") && isAscii(authority);
		}

		private static boolean isAscii(@Nullable String text) {
			return text == null || text.chars().allMatch((character) -> character < 0x80);
		}

		Parts resolve(Parts base) {
			if (scheme != null) {
				return this;
			}
			if (authority != null) {
				return new Parts(base.scheme, authority, withoutDots(path), query, fragment);
			}
			if (path.isEmpty()) {
				return new Parts(base.scheme, base.authority, base.path, (query != null) ? query : base.query,
						fragment);
			}
			return new Parts(base.scheme, base.authority, withoutDots(path.startsWith("/") ? path : base.merge(path)),
					query, fragment);
		}

		private String merge(String relative) {
			return path.isEmpty() ? "/" + relative : path.substring(0, path.lastIndexOf('/') + 1) + relative;
		}

		// RFC 3986 5.2.4, for paths that begin with a slash.
		private static String withoutDots(String path) {
			if (path.isEmpty()) {
				return path;
			}
			Deque<String> result = new ArrayDeque<>();
			String[] segments = path.substring(1).split("/", -1);
			for (int index = 0; index < segments.length; index++) {
				String segment = segments[index];
				boolean dots = segment.equals(".") || segment.equals("..");
				if (segment.equals("..")) {
					result.pollLast();
				}
				if (!dots) {
					result.addLast(segment);
				}
				else if (index == segments.length - 1) {
					result.addLast("");
				}
			}
			return "/" + String.join("/", result);
		}

		URI toUri() {
			StringBuilder uri = new StringBuilder();
			if (scheme != null) {
				uri.append(scheme).append(':');
			}
			if (authority != null) {
				uri.append("//").append(authority);
			}
			PercentEncoding.PATH.append(path, uri);
			if (query != null) {
				PercentEncoding.QUERY.append(query, uri.append('?'));
			}
			if (fragment != null) {
				PercentEncoding.QUERY.append(fragment, uri.append('#'));
			}
			return URI.create(uri.toString());
		}

	}

}
