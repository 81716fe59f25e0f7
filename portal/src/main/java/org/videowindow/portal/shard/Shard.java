package org.videowindow.portal.shard;

/** A conference server with its focus, as a ticket names it. */
public record Shard(String id, String region, String webSocketUrl, String domain) {
    /** The service that rooms live on. */
    public String conferenceDomain() {
        return "conference." + domain;
    }

    /** Where clients send their conference request. */
    public String focusJid() {
        return "focus@" + domain + "/focus";
    }

    /** Where moderators end a conference. */
    public String endConferenceJid() {
        return "endconference." + domain;
    }
}
