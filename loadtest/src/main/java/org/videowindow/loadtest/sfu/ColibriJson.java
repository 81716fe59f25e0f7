package org.videowindow.loadtest.sfu;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.media.Codec;
import org.videowindow.loadtest.sfu.Source.Encoding;

/** Writes endpoints in the JSON form of COLIBRI2. */
final class ColibriJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ColibriJson() {}

    /** A new endpoint with all that is known of it. */
    static ObjectNode endpoint(Room.Joining joining, Codec codec, String fingerprint) {
        String id = joining.participant().id();
        ObjectNode endpoint = NODES.objectNode();
        endpoint.put("id", id).put("create", true).put("stats-id", id);
        endpoint.putArray("capabilities").add("source-names");
        MediaFormat format = joining.participant().format();
        endpoint.putArray("medias").add(audio(format)).add(video(codec, format));
        ObjectNode ice =
                endpoint.putObject("transport").put("ice-controlling", true).putObject("transport");
        ice.put("xmlns", "urn:xmpp:jingle:transports:ice-udp:1")
                .put("ufrag", joining.participant().iceFragment())
                .put("pwd", joining.participant().icePassword())
                .put("rtcp-mux", true);
        ice.putArray("fingerprints")
                .addObject()
                .put("fingerprint", fingerprint)
                .put("hash", "sha-256")
                .put("setup", "active");
        endpoint.set("sources", sources(id, joining.source()));
        return endpoint;
    }

    private static ObjectNode audio(MediaFormat format) {
        ObjectNode media = NODES.objectNode().put("type", "audio");
        ObjectNode opus = media.putArray("payload-types").addObject();
        opus.put("id", text(format.audioType()))
                .put("name", "opus")
                .put("clockrate", "48000")
                .put("channels", "2");
        opus.putObject("parameters").put("minptime", "10").put("useinbandfec", "1");
        opus.putArray("rtcp-fbs").addObject().put("type", "transport-cc");
        extension(media, format.audioLevel(), Extensions.AUDIO_LEVEL);
        extension(media, format.transportSequence(), Extensions.TRANSPORT_SEQUENCE);
        return media;
    }

    private static ObjectNode video(Codec codec, MediaFormat format) {
        ObjectNode media = NODES.objectNode().put("type", "video");
        ArrayNode types = media.putArray("payload-types");
        ObjectNode type = types.addObject();
        type.put("id", text(format.videoType()))
                .put("name", codec.encodingName())
                .put("clockrate", "90000");
        if (!codec.parameters().isEmpty()) {
            ObjectNode parameters = type.putObject("parameters");
            for (String parameter : List.of(codec.parameters().split(";"))) {
                int equals = parameter.indexOf('=');
                parameters.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        ArrayNode feedback = type.putArray("rtcp-fbs");
        feedback.addObject().put("type", "ccm").put("subtype", "fir");
        feedback.addObject().put("type", "nack");
        feedback.addObject().put("type", "nack").put("subtype", "pli");
        feedback.addObject().put("type", "transport-cc");
        ObjectNode repeats = types.addObject();
        repeats.put("id", text(format.repeatType())).put("name", "rtx").put("clockrate", "90000");
        repeats.putObject("parameters").put("apt", text(format.videoType()));
        extension(media, format.sendTime(), Extensions.SEND_TIME);
        extension(media, format.transportSequence(), Extensions.TRANSPORT_SEQUENCE);
        extension(media, codec == Codec.AV1 ? format.descriptor() : 0, Extensions.DESCRIPTOR);
        return media;
    }

    private static void extension(ObjectNode media, int id, String uri) {
        if (id != 0) {
            media.withArray("/rtp-hdrexts").addObject().put("id", id).put("uri", uri);
        }
    }

    private static ArrayNode sources(String id, Source source) {
        ArrayNode sources = NODES.arrayNode();
        if (source.audioSsrc() != 0) {
            String name = id + "-a0";
            sources.addObject()
                    .put("type", "audio")
                    .put("id", name)
                    .putArray("sources")
                    .add(ssrc(source.audioSsrc(), name));
        }
        if (!source.video().isEmpty()) {
            String name = id + "-v0";
            ObjectNode video = sources.addObject().put("type", "video").put("id", name);
            ArrayNode ssrcs = video.putArray("sources");
            ArrayNode groups = video.putArray("ssrc-groups");
            if (source.video().size() > 1) {
                ArrayNode simulcast = groups.addObject().put("semantics", "SIM").putArray("sources");
                source.video().forEach(encoding -> simulcast.add(unsigned(encoding.ssrc())));
            }
            for (Encoding encoding : source.video()) {
                ssrcs.add(ssrc(encoding.ssrc(), name)).add(ssrc(encoding.repeatSsrc(), name));
                groups.addObject()
                        .put("semantics", "FID")
                        .putArray("sources")
                        .add(unsigned(encoding.ssrc()))
                        .add(unsigned(encoding.repeatSsrc()));
            }
        }
        return sources;
    }

    private static ObjectNode ssrc(int ssrc, String name) {
        return NODES.objectNode().put("ssrc", unsigned(ssrc)).put("name", name);
    }

    private static long unsigned(int ssrc) {
        return Integer.toUnsignedLong(ssrc);
    }

    private static String text(int number) {
        return Integer.toString(number);
    }
}
