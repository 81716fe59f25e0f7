package org.videowindow.shard.room;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.dom4j.Element;
import org.videowindow.shard.token.Claims;
import org.xmpp.packet.Presence;

/**
 * Makes a client's presence say who it is by its token: name, avatar, address, identity and rights are taken out of what
 * the client wrote and put in from the claims; what only room, focus or bridge may say is taken out. Everything else is
 * relayed as it is (clients put their sources, codecs and much more into presence).
 */
public final class ClientPresence {
    private static final String NICK = "http://jabber.org/protocol/nick";
    private static final String JITMEET = "http://jitsi.org/jitmeet";

    /** Said by the token. */
    private static final Set<String> FROM_CLAIMS =
            Set.of("nick", "identity", "avatar-url", "avatar-id", "email", "permissions", "userId");

    /** Said by room, focus or server, never by a client; names as clients look for them, whatever the namespace. */
    private static final Set<String> FROM_SERVICES = Set.of(
            "conference-properties",
            "bridgeNotAvailable",
            "versions",
            "jibri-recording-status",
            "jibri-sip-call-state",
            "transcription-status",
            "etherpad",
            "call-control",
            "bot",
            "ignore",
            "delay",
            "stats");

    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private ClientPresence() {}

    /** Changes the presence in place. */
    public static void rewrite(Presence presence, Claims claims) {
        Element root = presence.getElement();
        for (Element child : new ArrayList<>(root.elements())) {
            String name = child.getName();
            boolean forged = FROM_CLAIMS.contains(name)
                    || FROM_SERVICES.contains(name)
                    || MUC_USER.equals(child.getNamespaceURI());
            if (forged) {
                root.remove(child);
            }
        }
        if (presence.isAvailable()) {
            addClaims(root, claims);
        }
    }

    private static void addClaims(Element root, Claims claims) {
        String own = root.getNamespaceURI();
        Claims.User user = claims.user();
        root.addElement("nick", NICK).setText(user.name());
        if (!user.avatar().isEmpty()) {
            root.addElement("avatar-url", own).setText(user.avatar());
        }
        if (!user.email().isEmpty()) {
            root.addElement("email", own).setText(user.email());
        }
        Element identity = root.addElement("identity", own).addElement("user", own);
        identity.addElement("id", own).setText(user.id());
        identity.addElement("name", own).setText(user.name());
        if (!user.avatar().isEmpty()) {
            identity.addElement("avatar", own).setText(user.avatar());
        }
        if (!user.email().isEmpty()) {
            identity.addElement("email", own).setText(user.email());
        }
        Element permissions = root.addElement("permissions", JITMEET);
        for (Map.Entry<String, Boolean> feature : claims.features().entrySet()) {
            permissions
                    .addElement("p", JITMEET)
                    .addAttribute("name", feature.getKey())
                    .addAttribute("val", feature.getValue().toString());
        }
    }
}
