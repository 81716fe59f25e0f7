package org.videowindow.bridge.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.videowindow.bridge.codec.ScalableStream.Frame;

/**
 * Writes dependency descriptors as a sender of a {@link ScalableStream} does: the structure with key frames, a template
 * where one fits, own values where none does.
 */
final class DescriptorBytes {
    private record Template(int spatial, int temporal, List<Integer> indications, List<Integer> differences) {}

    private final ScalableStream stream;
    private final List<Template> templates;
    private final int idOffset;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int pendingBits;

    DescriptorBytes(ScalableStream stream, int idOffset) {
        this.stream = stream;
        this.idOffset = idOffset;
        List<Template> all = new ArrayList<>();
        for (Frame frame : stream.frames) {
            Template template = template(frame);
            if (!all.contains(template) && template.differences.stream().allMatch(d -> d <= 16) && all.size() < 40) {
                all.add(template);
            }
        }
        // Each layer needs a template, or the next one cannot be reached.
        all.sort(Comparator.comparingInt(Template::spatial).thenComparingInt(Template::temporal));
        templates = all;
    }

    private Template template(Frame frame) {
        List<Integer> indications = new ArrayList<>();
        for (int s = 0; s < stream.spatialLayers; s++) {
            for (int t = 0; t < stream.temporalLayers; t++) {
                indications.add(stream.indication(frame, s, t));
            }
        }
        List<Integer> differences =
                frame.references().stream().map(r -> frame.number() - r).toList();
        return new Template(frame.spatial(), frame.temporal(), indications, differences);
    }

    /** The descriptor of a frame that is sent in one packet. */
    byte[] of(Frame frame) {
        out.reset();
        pendingBits = 0;
        Template wanted = template(frame);
        int index = templates.indexOf(wanted);
        boolean own = index < 0;
        for (int i = 0; own && i < templates.size(); i++) {
            if (templates.get(i).spatial == frame.spatial() && templates.get(i).temporal == frame.temporal()) {
                index = i;
            }
        }
        boolean structure = frame.key() && frame.spatial() == 0;
        put(3, 2);
        put((index + idOffset) % 64, 6);
        put(frame.number() & 0xFFFF, 16);
        if (structure || own) {
            put(structure ? 1 : 0, 1);
            put(0, 1);
            put(own ? 1 : 0, 1);
            put(own ? 1 : 0, 1);
            put(0, 1);
            if (structure) {
                structure();
            }
            if (own) {
                wanted.indications.forEach(i -> put(i, 2));
                for (int difference : wanted.differences) {
                    int size = difference <= 16 ? 1 : difference <= 256 ? 2 : 3;
                    put(size, 2);
                    put(difference - 1, 4 * size);
                }
                put(0, 2);
            }
        }
        while (pendingBits != 0) {
            put(0, 1);
        }
        return out.toByteArray();
    }

    private void structure() {
        int targets = stream.spatialLayers * stream.temporalLayers;
        put(idOffset, 6);
        put(targets - 1, 5);
        for (int i = 1; i < templates.size(); i++) {
            Template before = templates.get(i - 1);
            Template now = templates.get(i);
            put(now.spatial != before.spatial ? 2 : now.temporal - before.temporal, 2);
        }
        put(3, 2);
        templates.forEach(template -> template.indications.forEach(i -> put(i, 2)));
        for (Template template : templates) {
            for (int difference : template.differences) {
                put(1, 1);
                put(difference - 1, 4);
            }
            put(0, 1);
        }
        below(targets + 1, stream.spatialLayers);
        for (int i = 0; i < targets; i++) {
            below(stream.spatialLayers, i / stream.temporalLayers);
        }
        for (int i = 0; i < templates.size() * stream.spatialLayers; i++) {
            put(i & 15, 4);
        }
        put(1, 1);
        for (int s = 0; s < stream.spatialLayers; s++) {
            put((320 << s) - 1, 16);
            put((180 << s) - 1, 16);
        }
    }

    private void below(int bound, int value) {
        if (bound == 1) {
            return;
        }
        int width = 32 - Integer.numberOfLeadingZeros(bound);
        int shorter = (1 << width) - bound;
        if (value < shorter) {
            put(value, width - 1);
        } else {
            put(value + shorter, width);
        }
    }

    private void put(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            pending = pending << 1 | (value >> i & 1);
            if (++pendingBits == 8) {
                out.write(pending);
                pending = 0;
                pendingBits = 0;
            }
        }
    }
}
