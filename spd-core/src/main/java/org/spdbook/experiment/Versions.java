package org.spdbook.experiment;

import ai.djl.Device;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.spdbook.torch.Torch;

/** What a run was made by: versions, machine, device. */
public final class Versions {

    /** Name of the fact that is the word of the device. */
    static final String DEVICE = "device";

    private Versions() {}

    /** This software's version, such as {@code 0.1.0}. */
    public static String software() {
        return build("version");
    }

    /** The commit it was built from, with {@code -dirty} when files were changed since; {@code unknown} outside a repository. */
    public static String revision() {
        return build("revision");
    }

    private static String build(String name) {
        try (InputStream in = Versions.class.getResourceAsStream("build.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty(name, "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** All of it, in the order to be shown. */
    public static Map<String, String> facts() {
        return facts(Device.cpu());
    }

    /** As {@link #facts()} for what is computed on a device. */
    static Map<String, String> facts(Device device) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("spd", software());
        facts.put("revision", revision());
        facts.put("java", Runtime.version().toString());
        facts.put("vm", System.getProperty("java.vm.name", "unknown"));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        facts.put("djl", ai.djl.engine.Engine.getDjlVersion());
        facts.put("pytorch", Torch.version());
        facts.put(DEVICE, Torch.word(device));
        facts.put("threads", Integer.toString(Torch.threads()));
        return facts;
    }
}
