package org.videowindow.shard.room;

import org.xmpp.packet.JID;

/**
 * The addresses of a shard.
 *
 * @param domain XMPP domain D
 * @param focusAccount node of the focus
 * @param bridgeAccount node of the bridges
 * @param brewery node of the room bridges announce themselves in
 */
public record Places(String domain, String focusAccount, String bridgeAccount, String brewery) {
    /** Nick of the focus in every room; clients know it by that name (and by its real JID). */
    public static final String FOCUS_NICK = "focus";

    private static final String ROOMS = "conference.";
    private static final String END_CONFERENCE = "endconference";

    /** Domain of all rooms. */
    public String rooms() {
        return ROOMS + domain;
    }

    /** Subdomain of the component that ends conferences. */
    public static String endConferenceSubdomain() {
        return END_CONFERENCE;
    }

    /** Domain of the component that ends conferences. */
    public String endConference() {
        return END_CONFERENCE + "." + domain;
    }

    /** Bare address of a room. */
    public JID room(String node) {
        return new JID(node, rooms(), null, true);
    }

    boolean isServer(JID to, JID sender) {
        return to == null
                || (to.getDomain().equals(domain)
                        && to.getResource() == null
                        && (to.getNode() == null || to.getNode().equals(sender.getNode())));
    }

    boolean isFocus(JID to) {
        return to != null && to.getDomain().equals(domain) && focusAccount.equals(to.getNode());
    }

    boolean isRoomService(JID to) {
        return to != null && to.getDomain().equals(rooms());
    }

    boolean isEndConference(JID to) {
        return to != null && to.getDomain().equals(endConference()) && to.getNode() == null;
    }

    boolean isServiceAccount(JID jid) {
        return jid.getDomain().equals(domain)
                && (focusAccount.equals(jid.getNode()) || bridgeAccount.equals(jid.getNode()));
    }
}
