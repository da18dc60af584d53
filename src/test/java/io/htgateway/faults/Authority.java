package io.htgateway.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of this run alone, and the certificates that it has issued:
 * made with the JDK's keytool, which spares a library and stored keys.
 */
final class Authority {

	private static final char[] WORD = "changeit".toCharArray();

	private static final String NAME = "authority";

	private final KeyStore keys;

	private Authority(KeyStore keys) {
		this.keys = keys;
	}

	static Authority create() {
		try {
			Path directory = Files.createTempDirectory("certificates");
			Path file = directory.resolve("keys.p12");
			keytool(file, NAME, List.of("-ext", "bc:c"));
			for (Certificate certificate : Certificate.values()) {
				keytool(file, certificate.name(), List.of("-signer", NAME, "-ext", certificate.host(), "-startdate",
						certificate.start(), "-validity", Integer.toString(certificate.days())));
			}
			KeyStore keys = KeyStore.getInstance(file.toFile(), WORD);
			Files.delete(file);
			Files.delete(directory);
			return new Authority(keys);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a client has to trust, without any key.
	 */
	KeyStore trust() {
		try {
			KeyStore trust = empty();
			trust.setCertificateEntry(NAME, keys.getCertificate(NAME));
			return trust;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The TLS of a server with the given certificate. Each has sessions of its own, so
	 * that none is resumed under another certificate.
	 */
	SSLContext tls(Certificate certificate) {
		try {
			KeyStore own = empty();
			own.setKeyEntry("own", keys.getKey(certificate.name(), WORD), WORD,
					keys.getCertificateChain(certificate.name()));
			KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			factory.init(own, WORD);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(factory.getKeyManagers(), null, null);
			return context;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static KeyStore empty() throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, WORD);
		return store;
	}

	private static void keytool(Path file, String name, List<String> options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						name, "-dname", "CN=" + name, "-keyalg", "EC", "-groupname", "secp256r1", "-storetype",
						"PKCS12", "-keystore", file.toString(), "-storepass", new String(WORD)));
		command.addAll(options);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.onExit().join().exitValue() != 0) {
			throw new IllegalStateException("keytool: " + output);
		}
	}

}
