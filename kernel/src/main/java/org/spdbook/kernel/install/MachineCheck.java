package org.spdbook.kernel.install;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Looks at what the kernel needs of the machine.
 *
 * @param here the machine
 */
record MachineCheck(Surroundings here) {

    List<Finding> findings() {
        return List.of(
                characters(Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"))),
                writable("folder for temporary files", Path.of(System.getProperty("java.io.tmpdir")), "TMPDIR"),
                writable("home", here.home(), "HOME"),
                loopback(),
                fonts(),
                settings());
    }

    /** Whether file names and the terminal can hold any character. */
    static Finding characters(Charset names) {
        return names.equals(StandardCharsets.UTF_8)
                ? Finding.ok("locale", "UTF-8")
                : Finding.warn(
                        "locale",
                        names + ", so that files whose names have other letters cannot be opened",
                        "set LC_ALL to a UTF-8 locale such as C.UTF-8");
    }

    static Finding writable(String what, Path folder, String variable) {
        try {
            Files.delete(Files.createTempFile(folder, "spd-kernel-", ".txt"));
            return Finding.ok(what, folder.toString());
        } catch (IOException e) {
            return Finding.fail(
                    what, folder + " cannot be written: " + e, "make it writable, or name another in " + variable);
        }
    }

    @SuppressWarnings("AddressSelection") // a literal: no name is looked up that could have other addresses
    private static Finding loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return Finding.ok("loopback", "ports of " + socket.getInetAddress().getHostAddress() + " can be used");
        } catch (IOException e) {
            return Finding.fail(
                    "loopback",
                    "no port of 127.0.0.1 can be used: " + e.getMessage(),
                    "allow java to listen there; Jupyter speaks to its kernels by such ports");
        }
    }

    private static Finding fonts() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("a", new FontRenderContext(null, true, true));
            return Finding.ok("fonts", "there are some");
        } catch (RuntimeException | LinkageError e) { // AWT says it in many ways, errors among them
            return Finding.warn(
                    "fonts",
                    "AWT has none: " + e,
                    "chart libraries that draw by AWT need them: install fontconfig and a font (our own charts do not)");
        } catch (InternalError e) {
            return Finding.warn("fonts", "AWT has none: " + e, "install fontconfig and a font");
        }
    }

    private Finding settings() {
        Path file = here.home().resolve(".m2").resolve("settings.xml");
        if (!Files.exists(file)) {
            return Finding.ok("settings of Maven", "none; %maven asks Maven Central");
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder reader = factory.newDocumentBuilder();
            reader.setErrorHandler(new DefaultHandler());
            reader.parse(file.toFile());
            return Finding.ok("settings of Maven", file.toString());
        } catch (IOException | SAXException | ParserConfigurationException e) {
            return Finding.warn(
                    "settings of Maven", file + " cannot be read: " + e.getMessage(), "mend it, or %maven cannot work");
        }
    }
}
