package org.videowindow.bridge.colibri.xmpp;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jitsi.xmpp.extensions.colibri.ForcefulShutdownIqProvider;
import org.jitsi.xmpp.extensions.colibri.GracefulShutdownIqProvider;
import org.jitsi.xmpp.extensions.colibri2.IqProviderUtils;
import org.jitsi.xmpp.extensions.health.HealthCheckIQProvider;
import org.jivesoftware.smack.Smack;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.roster.Roster;
import org.jivesoftware.smackx.iqversion.VersionManager;
import org.jivesoftware.smackx.ping.PingManager;

/** Prepares Smack for this process, once, before its first use. */
public final class SmackLibrary {
    /** Smack writes stack traces past our log; what matters of them the links say in a sentence. Kept from collection. */
    private static final Logger SMACK_LOGGER = Logger.getLogger("org.jivesoftware");

    private static boolean prepared;

    private SmackLibrary() {}

    /**
     * Loads Smack and the elements of COLIBRI2.
     *
     * @param version told to those who ask for the version of the software
     */
    public static synchronized void prepare(String version) {
        if (prepared) {
            return;
        }
        prepared = true;
        SMACK_LOGGER.setLevel(Level.OFF);
        // Java's parser counts over the whole document, and the document is the stream: a stanza with a long name or
        // many attributes, which the server let pass, would end the connection. Sizes are the server's to limit.
        System.setProperty("jdk.xml.maxXMLNameLimit", "0");
        System.setProperty("jdk.xml.elementAttributeLimit", "0");
        System.setProperty("jdk.xml.maxElementDepth", "0");
        System.setProperty("jdk.xml.totalEntitySizeLimit", "0");
        System.setProperty("jdk.xml.maxGeneralEntitySizeLimit", "0");
        System.setProperty("jdk.xml.entityExpansionLimit", "0");
        System.setProperty("jdk.xml.entityReplacementLimit", "0");
        // Answers nobody needs from a bridge.
        SmackConfiguration.addDisabledSmackClass("org.jivesoftware.smackx.bytestreams");
        SmackConfiguration.addDisabledSmackClass("org.jivesoftware.smackx.filetransfer");
        SmackConfiguration.addDisabledSmackClass("org.jivesoftware.smackx.commands");
        SmackConfiguration.addDisabledSmackClass("org.jivesoftware.smackx.iqlast");
        Smack.ensureInitialized();
        IqProviderUtils.registerProviders();
        HealthCheckIQProvider.registerIQProvider();
        GracefulShutdownIqProvider.registerIQProvider();
        ForcefulShutdownIqProvider.registerIQProvider();
        Roster.setRosterLoadedAtLoginDefault(false);
        Roster.setDefaultSubscriptionMode(Roster.SubscriptionMode.reject_all);
        // The link pings by itself.
        PingManager.setDefaultPingInterval(0);
        VersionManager.setAutoAppendSmackVersion(false);
        VersionManager.setDefaultVersion("Video Window videobridge", version);
    }
}
