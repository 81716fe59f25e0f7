package org.videowindow.bridge.colibri;

/**
 * Where clients find their bridge channel: {@code <public url>/colibri-ws/<bridge>/<conference>/<endpoint>?pwd=<secret>}.
 *
 * @param publicUrl address of the bridge or the proxy before it, without trailing slash
 * @param bridgeId name of the bridge, by which the proxy routes
 */
public record ChannelAddress(String publicUrl, String bridgeId) {
    /** First part of the path. */
    public static final String ROOT = "/colibri-ws/";

    /** The address for one endpoint. Ids and password consist of characters that need no escaping. */
    String of(String conferenceId, String endpointId, String password) {
        return publicUrl + ROOT + bridgeId + "/" + conferenceId + "/" + endpointId + "?pwd=" + password;
    }
}
