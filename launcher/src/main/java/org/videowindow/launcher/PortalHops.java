package org.videowindow.launcher;

import java.io.IOException;
import java.net.http.HttpResponse;

/** The portal itself, by its public address, and its keys as the shards see them. */
final class PortalHops {
    private final Doctor doctor;
    private final Installation installation;
    private final SetUp setUp;
    private final Web web;

    PortalHops(Doctor doctor, Web web) {
        this.doctor = doctor;
        this.installation = doctor.installation();
        this.setUp = installation.setUp();
        this.web = web;
    }

    void look() throws InterruptedException {
        try (Health health = new Health(installation)) {
            for (Instance portal : setUp.of(Part.PORTAL)) {
                portal(health, portal);
            }
        }
        publicAddress();
        for (Instance shard : setUp.of(Part.SHARD_SERVER)) {
            keys(shard);
        }
    }

    private void portal(Health health, Instance portal) {
        String hop = "health of " + setUp.label(portal);
        if (!doctor.runs(portal)) {
            doctor.skipped(hop, portal);
            return;
        }
        Health.Answer answer = health.ask(portal);
        if (answer.well()) {
            doctor.findings().ok(hop, "it and its database are up");
        } else {
            doctor.findings()
                    .failed(
                            hop,
                            answer.reason(),
                            "Mend what it names (the database first), or look into " + installation.log(portal) + ".");
        }
    }

    private void publicAddress() throws InterruptedException {
        String hop = "public address";
        String address = installation.address() + "/";
        try {
            HttpResponse<String> page = web.get(address);
            if (page.statusCode() == 200 && page.body().contains("<html")) {
                doctor.findings().ok(hop, address);
            } else {
                doctor.findings().failed(hop, address + " answers " + page.statusCode(), publicFix());
            }
        } catch (IOException silent) {
            doctor.findings().failed(hop, address + " does not answer: " + silent, publicFix());
        }
    }

    private String publicFix() {
        return setUp.haproxy()
                ? "Look into " + installation.log(new Instance(Part.HAPROXY, 1))
                        + ": is there a portal that HAProxy finds healthy?"
                : "Look into " + installation.log(new Instance(Part.PORTAL, 1)) + ".";
    }

    private void keys(Instance shard) throws InterruptedException {
        String hop = "portal's keys in " + setUp.label(shard);
        if (!doctor.runs(shard)) {
            doctor.skipped(hop, shard);
            return;
        }
        String fix = "Set token.jwks-url in " + installation.configuration(shard)
                + " to an address of the portal that the shard reaches (here http://127.0.0.1:"
                + installation.ports().portal(1) + "/.well-known/jwks.json), " + doctor.restart(shard) + ".";
        try {
            String metrics = web.get(
                            "http://127.0.0.1:" + installation.ports().shardHealth(shard.number()) + "/metrics")
                    .body();
            if (!metrics.contains("videowindow_shard_keys_loaded 1")) {
                doctor.findings().failed(hop, "the shard never got them: JWKS unreachable, nobody can sign in", fix);
            } else if (metrics.contains("videowindow_shard_keys_failing 1")) {
                doctor.findings().failed(hop, "JWKS unreachable now; the shard goes on with the keys it has", fix);
            } else {
                doctor.findings().ok(hop, "fetched");
            }
        } catch (IOException silent) {
            doctor.findings().failed(hop, "the shard does not answer", "Look into " + installation.log(shard) + ".");
        }
    }
}
