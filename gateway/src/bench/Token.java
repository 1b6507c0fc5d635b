import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A caller's token (RFC 7519), signed by HS256 with a secret of its own.
record Token(String secret, String bearer) {

    Token() {
        this(HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()).repeat(4));
    }

    private Token(String secret) {
        this(secret, "Bearer " + signed(secret));
    }

    private static String signed(String secret) {
        long end = Instant.now().plus(Duration.ofHours(12)).getEpochSecond();
        String claims = "{\"sub\":\"bench\",\"exp\":" + end + ",\"accounts\":[\"bench-*\"],\"scope\":\"delete\"}";
        String text =
                base64("{\"typ\":\"JWT\",\"alg\":\"HS256\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return text + "." + base64(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
