package io.htgateway.explorer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;

/**
 * All files of the explorer, which are read once at the start.
 */
final class ExplorerFiles {

	static final String PAGE = "index.html";

	private static final String FOLDER = "classpath:/explorer/*";

	/**
	 * The charting library, as a script that defines a variable. One more line makes it a
	 * module, which takes half of the bytes of the library's own module.
	 */
	private static final String CHARTS = "classpath*:/META-INF/resources/webjars/uplot/*/dist/uPlot.iife.min.js";

	private static final String CHARTS_STYLE = "classpath*:/META-INF/resources/webjars/uplot/*/dist/uPlot.min.css";

	private static final byte[] EXPORT = "\nexport default uPlot;\n".getBytes(StandardCharsets.UTF_8);

	private static final Map<String, MediaType> TYPES = Map.of("html",
			MediaType.parseMediaType("text/html;charset=UTF-8"), "js",
			MediaType.parseMediaType("text/javascript;charset=UTF-8"), "css",
			MediaType.parseMediaType("text/css;charset=UTF-8"), "svg", MediaType.parseMediaType("image/svg+xml"));

	private final Map<String, ExplorerFile> byName = new TreeMap<>();

	private final String version;

	private ExplorerFiles(Map<String, byte[]> contents, String version) {
		contents.forEach((name, content) -> byName.put(name, ExplorerFile.of(type(name), content)));
		this.version = version;
	}

	/**
	 * Reads the files.
	 * @param open whether callers need no token
	 * @param recorded names of the endpoints in the history, empty if the history is off
	 * @param interval configured time between two polls for streams, or null if streams
	 * are off
	 */
	static ExplorerFiles read(boolean open, Collection<String> recorded, @Nullable Duration interval) {
		try {
			Map<String, byte[]> contents = new TreeMap<>();
			PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver();
			for (Resource file : resources.getResources(FOLDER)) {
				contents.put(String.valueOf(file.getFilename()), file.getContentAsByteArray());
			}
			contents.put("uplot.js", join(resources.getResources(CHARTS)[0].getContentAsByteArray(), EXPORT));
			contents.put("uplot.css", resources.getResources(CHARTS_STYLE)[0].getContentAsByteArray());
			String page = new String(contents.getOrDefault(PAGE, new byte[0]), StandardCharsets.UTF_8);
			String version = digest(contents);
			contents.put(PAGE,
					page.replace("@version@", version)
						.replace("@open@", String.valueOf(open))
						.replace("@history@", String.join(" ", recorded))
						.replace("@stream@", (interval != null) ? String.valueOf(interval.toSeconds()) : "")
						.getBytes(StandardCharsets.UTF_8));
			return new ExplorerFiles(contents, version);
		}
		catch (IOException unreadable) {
			throw new UncheckedIOException(unreadable);
		}
	}

	/**
	 * Returns the file of the given name, or null if it does not exist.
	 */
	@Nullable ExplorerFile find(String name) {
		return byName.get(name);
	}

	/**
	 * Returns the version of all files, which is a part of their addresses.
	 */
	String version() {
		return version;
	}

	private static MediaType type(String name) {
		return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
	}

	private static String digest(Map<String, byte[]> contents) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		contents.values().forEach(all::writeBytes);
		return ExplorerFile.digest(all.toByteArray());
	}

	private static byte[] join(byte[] first, byte[] second) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(first);
		joined.writeBytes(second);
		return joined.toByteArray();
	}

}
