package io.htgateway.http;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of {@link UriReference}.
 */
class UriReferenceTests {

	private static final URI BASE = URI.create("http://a/b/c/d;p?q");

	// RFC 3986 5.4.1 and 5.4.2, in its order.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			g:h           | g:h
			g             | http://a/b/c/g
			./g           | http://a/b/c/g
			g/            | http://a/b/c/g/
			/g            | http://a/g
			//g           | http://g
			?y            | http://a/b/c/d;p?y
			g?y           | http://a/b/c/g?y
			#s            | http://a/b/c/d;p?q#s
			g#s           | http://a/b/c/g#s
			g?y#s         | http://a/b/c/g?y#s
			;x            | http://a/b/c/;x
			g;x           | http://a/b/c/g;x
			g;x?y#s       | http://a/b/c/g;x?y#s
			''            | http://a/b/c/d;p?q
			.             | http://a/b/c/
			./            | http://a/b/c/
			..            | http://a/b/
			../           | http://a/b/
			../g          | http://a/b/g
			../..         | http://a/
			../../        | http://a/
			../../g       | http://a/g
			../../../g    | http://a/g
			../../../../g | http://a/g
			/./g          | http://a/g
			/../g         | http://a/g
			g.            | http://a/b/c/g.
			.g            | http://a/b/c/.g
			g..           | http://a/b/c/g..
			..g           | http://a/b/c/..g
			./../g        | http://a/b/g
			./g/.         | http://a/b/c/g/
			g/./h         | http://a/b/c/g/h
			g/../h        | http://a/b/c/h
			g;x=1/./y     | http://a/b/c/g;x=1/y
			g;x=1/../y    | http://a/b/c/y
			g?y/./x       | http://a/b/c/g?y/./x
			g?y/../x      | http://a/b/c/g?y/../x
			g#s/./x       | http://a/b/c/g#s/./x
			g#s/../x      | http://a/b/c/g#s/../x
			http:g        | http:g
			""")
	void resolveIsAsInTheExamplesOfTheRfc(String reference, String target) {
		assertThat(UriReference.resolve(BASE, reference)).hasToString(target);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://a        | g             | http://a/g
			http://a        | ?y            | http://a?y
			http://a?x      | ''            | http://a?x
			http://a?x      | ?             | http://a?
			http://a/b/../c | ?y            | http://a/b/../c?y
			http://a/b/../c | d             | http://a/d
			http://a/b//    | c             | http://a/b//c
			http://a/b//c   | ../d          | http://a/b/d
			http://a/b      | //g/x/../y?z  | http://g/y?z
			http://a/b      | //g?y         | http://g?y
			http://a/b      | /x//y         | http://a/x//y
			http://a/b      | /x/%2E%2e/y   | http://a/x/%2E%2e/y
			http://a:8/b#f  | c             | http://a:8/c
			http://a/b?x#f  | ''            | http://a/b?x
			http://a/b      | http://g/x/../y | http://g/x/../y
			http://a/b      | HTTPS://G:443?x | HTTPS://G:443?x
			http://a/b      | ./1:2/c       | http://a/1:2/c
			http://a/b      | c?http://x/   | http://a/c?http://x/
			http://a/b      | c#http://x/#y | http://a/c#http://x/%23y
			""")
	void resolveWhenFormIsUnusualIsByTheRfcToo(String base, String reference, String target) {
		assertThat(UriReference.resolve(URI.create(base), reference)).hasToString(target);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u00a7', textBlock = """
			http://h/a b?c d           | http://h/a%20b?c%20d
			http://h/{a}}"^`?<>\\        | http://h/%7Ba%7D%7D%22%5E%60?%3C%3E%5C
			http://h/%?%%4g%a          | http://h/%25?%25%254g%25a
			http://h/%2f%2F%c3%A9?%7E~ | http://h/%2f%2F%c3%A9?%7E~
			http://h/[a]?b[]=[c]       | http://h/%5Ba%5D?b[]=[c]
			http://h/!$&'()*+,;=:@-._~ | http://h/!$&'()*+,;=:@-._~
			http://h/?!$&'()*+,;=:@/?  | http://h/?!$&'()*+,;=:@/?
			""")
	void ofEncodesWhatIsRawAndLeavesTheRest(String text, String uri) {
		assertThat(UriReference.of(text)).hasToString(uri);
		assertThat(UriReference.resolve(BASE, text)).hasToString(uri);
	}

	@ParameterizedTest
	@CsvSource({ "'  https://h/a  ', https://h/a", "https://h/\u00e9\u20ac, https://h/%C3%A9%E2%82%AC",
			"https://h/?\ud83d\ude00, https://h/?%F0%9F%98%80", "https://h/\u0085, https://h/%C2%85" })
	void ofWhenTextIsNotAsciiEncodesItsUtf8(String text, String uri) {
		assertThat(UriReference.of(text)).hasToString(uri);
	}

	@ParameterizedTest
	@CsvSource({ "/\u00c3\u00a9, http://a/%C3%A9", "/\u00e9?\u00ff, http://a/%E9?%FF" })
	void resolveWhenHeaderIsNotAsciiEncodesItsBytes(String location, String uri) {
		assertThat(UriReference.resolve(BASE, location)).hasToString(uri);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://h/a\r\nX: y", "http://h/a\nb", "http://h/a\tb", "http://h/\u0000",
			"http://h/\u007f", "http://h/?a\u001fb", "http://h/\n", "http://h:x y/", "http://h\\@b/", "http://[::1/",
			"http://h|/", "http://", ":", "http://h<a>/", "http://b\u00fccket/", "http://h\u3002a/" })
	void ofWhenTextIsNoReferenceIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> UriReference.of(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a\r\nX: y", "/\u0000", "/\u20ac", "//h\\@b/", "//[::1/", ":", "1:2/c", ":/x", "a b:c",
			"//b\u00fccket/" })
	void resolveWhenLocationIsNoReferenceIsRefused(String location) {
		assertThatIllegalArgumentException().isThrownBy(() -> UriReference.resolve(BASE, location));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\ud800", "a\udc00b" })
	void ofWhenTextHasUnpairedSurrogateIsRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> UriReference.of("http://h/" + text));
	}

}
