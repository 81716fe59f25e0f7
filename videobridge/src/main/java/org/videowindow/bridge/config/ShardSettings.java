package org.videowindow.bridge.config;

import java.nio.file.Path;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * One XMPP server the bridge serves.
 *
 * @param host address of the server
 * @param port its client port
 * @param domain XMPP domain
 * @param username account of the bridge
 * @param passwordFile holds the account's password; read at every sign-in
 * @param certificateFile PEM file with the only certificates to accept, or {@code null} for Java's trust store
 * @param brewery room where bridges and focus meet
 * @param focusJid bare address of the account that may command the bridge
 * @param focusNick its nick in the brewery
 */
public record ShardSettings(
        String host,
        int port,
        DomainBareJid domain,
        String username,
        Path passwordFile,
        Path certificateFile,
        EntityBareJid brewery,
        EntityBareJid focusJid,
        Resourcepart focusNick) {}
