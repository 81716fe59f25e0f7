package org.videowindow.shard.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.videowindow.shard.token.Claims.User;

/** Reads the part of a verified token that is ours: room, id, {@code context.user}, {@code context.features}. Pure. */
final class ClaimsReader {
    /** RFC 9562, version 4. */
    private static final Pattern UUID_V4 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    /** What RFC 7622, 3.3.1 keeps out of a node, and what nobody can read in a link. */
    private static final Pattern NOT_IN_ROOM = Pattern.compile("[\"&'/:<>@*\\p{Cntrl}\\p{Z}]");

    private static final int MAX_ROOM = 200;
    private static final int MAX_ID = 200;
    private static final int MAX_NAME = 100;
    private static final int MAX_URL = 2000;
    private static final int MAX_FEATURES = 64;

    private ClaimsReader() {}

    static Claims read(JWTClaimsSet set) throws TokenRefusedException {
        String account = set.getJWTID();
        if (account == null || !UUID_V4.matcher(account).matches()) {
            throw new TokenRefusedException(Refusal.ACCOUNT);
        }
        return new Claims(account, room(set.getClaim("room")), user(set), features(set));
    }

    private static String room(Object claim) throws TokenRefusedException {
        if (!(claim instanceof String room)
                || room.isEmpty()
                || room.length() > MAX_ROOM
                || !room.equals(room.toLowerCase(Locale.ROOT))) {
            throw new TokenRefusedException(Refusal.ROOM);
        }
        if (!"*".equals(room) && NOT_IN_ROOM.matcher(room).find()) {
            throw new TokenRefusedException(Refusal.ROOM);
        }
        return room;
    }

    private static User user(JWTClaimsSet set) throws TokenRefusedException {
        if (!(set.getClaim("context") instanceof Map<?, ?> context)
                || !(context.get("user") instanceof Map<?, ?> user)) {
            throw new TokenRefusedException(Refusal.USER);
        }
        String id = text(user.get("id"), MAX_ID);
        String name = text(user.get("name"), MAX_NAME);
        if (id.isEmpty() || name.isEmpty()) {
            throw new TokenRefusedException(Refusal.USER);
        }
        boolean owner = "owner".equals(user.get("affiliation")) || isTrue(user.get("moderator"));
        return new User(
                id,
                name,
                text(user.get("email"), MAX_ID),
                text(user.get("avatar"), MAX_URL),
                owner,
                isTrue(user.get("guest")));
    }

    private static Map<String, Boolean> features(JWTClaimsSet set) {
        Map<String, Boolean> features = new HashMap<>();
        if (set.getClaim("context") instanceof Map<?, ?> context
                && context.get("features") instanceof Map<?, ?> given) {
            for (var entry : given.entrySet()) {
                if (features.size() < MAX_FEATURES
                        && entry.getKey() instanceof String name
                        && name.length() <= MAX_ID) {
                    features.put(clean(name), isTrue(entry.getValue()));
                }
            }
        }
        return features;
    }

    /** Booleans come as such or as text. */
    private static boolean isTrue(Object value) {
        return Boolean.TRUE.equals(value) || "true".equals(value);
    }

    private static String text(Object value, int limit) throws TokenRefusedException {
        if (value == null) {
            return "";
        }
        if (!(value instanceof String given)) {
            throw new TokenRefusedException(Refusal.USER);
        }
        String cleaned = clean(given);
        return cleaned.length() <= limit ? cleaned : cut(cleaned, limit);
    }

    /** Cuts without leaving half of a surrogate pair. */
    private static String cut(String text, int limit) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit);
    }

    /** Without what XML 1.0 cannot carry (2.2) or a screen cannot show in one line. */
    private static String clean(String text) {
        StringBuilder cleaned = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isISOControl(c)
                        && c != 0xFFFE
                        && c != 0xFFFF
                        && !(c >= 0xD800 && c <= 0xDFFF)
                        && Character.getType(c) != Character.LINE_SEPARATOR
                        && Character.getType(c) != Character.PARAGRAPH_SEPARATOR)
                .forEach(cleaned::appendCodePoint);
        return cleaned.toString().strip();
    }
}
