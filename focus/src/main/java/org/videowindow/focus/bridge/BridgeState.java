package org.videowindow.focus.bridge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jxmpp.jid.Jid;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Namespaces;

/**
 * What a bridge says about itself in the brewery room.
 *
 * @param address its occupant address there
 * @param stress its load, 0 idle, 1 as much as it should have; above 1 is possible
 * @param healthy whether it thinks that it works
 * @param draining whether it wants no new conferences
 * @param stopping whether it goes down now, so that those on it have to go
 * @param region where it stands, where it says so
 * @param version of its program
 * @param conferences how many it has, of all shards
 * @param endpoints how many it serves
 */
public record BridgeState(
        Jid address,
        double stress,
        boolean healthy,
        boolean draining,
        boolean stopping,
        Optional<String> region,
        String version,
        int conferences,
        int endpoints) {
    private static final int STATISTICS_LIMIT = 500;
    private static final double STRESS_UNKNOWN = 0.5;

    /** Reads the statistics in a presence; empty when there are none: then the occupant is no bridge. */
    public static Optional<BridgeState> of(Jid address, XmlElement presence) {
        return presence.child("stats", Namespaces.COLIBRI).map(stats -> {
            Map<String, String> values = new HashMap<>();
            stats.children("stat", Namespaces.COLIBRI)
                    .limit(STATISTICS_LIMIT)
                    .forEach(stat -> values.put(stat.attribute("name", ""), stat.attribute("value", "")));
            return new BridgeState(
                    address,
                    number(values.get("stress_level"), STRESS_UNKNOWN),
                    !"false".equals(values.get("healthy")),
                    isTrue(values.get("drain"))
                            || isTrue(values.get("graceful_shutdown"))
                            || isTrue(values.get("shutting_down")),
                    isTrue(values.get("shutting_down")),
                    Optional.ofNullable(values.get("region")).filter(region -> !region.isBlank()),
                    values.getOrDefault("version", ""),
                    (int) number(values.get("conferences"), 0),
                    (int) number(values.get("endpoints"), 0));
        });
    }

    private static boolean isTrue(String value) {
        return "true".equals(value);
    }

    private static double number(String value, double absent) {
        if (value == null) {
            return absent;
        }
        try {
            double number = Double.parseDouble(value);
            // A lie such as NaN or -1 must not make a bridge the best of all.
            return number >= 0 && number < 1e9 ? number : absent;
        } catch (NumberFormatException e) {
            return absent;
        }
    }
}
