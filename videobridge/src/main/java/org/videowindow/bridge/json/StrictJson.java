package org.videowindow.bridge.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Reads JSON of strangers: one object, no key twice (two readers that disagree on which one counts are how messages get
 * forged), bounded depth, numbers, names and length, nothing after it. Any thread.
 */
public final class StrictJson {
    private static final int DEPTH = 64;
    private static final int DIGITS = 32;
    private static final int NAME = 512;

    private final int maxLength;
    private final JsonMapper mapper;

    /** @param maxLength longest text in characters */
    public StrictJson(int maxLength) {
        this.maxLength = maxLength;
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH)
                .maxNumberLength(DIGITS)
                .maxNameLength(NAME)
                .maxStringLength(maxLength)
                .build();
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(constraints)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** The object, or nothing when the text is not an object of this strict kind. Never throws. */
    public Optional<ObjectNode> object(String text) {
        if (text.length() > maxLength) {
            return Optional.empty();
        }
        try {
            JsonNode node = mapper.readTree(text);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A new, empty object. */
    public ObjectNode newObject() {
        return mapper.createObjectNode();
    }
}
