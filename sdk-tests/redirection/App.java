// Java's own HTTPS client, which the SDK's settles on the same properties for: no line about an emulator either.
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

public class App {
    public static void main(String[] args) throws Exception {
        String sid = System.getenv("TWILIO_ACCOUNT_SID");
        String pair = sid + ":" + System.getenv("TWILIO_AUTH_TOKEN");
        HttpURLConnection connection = (HttpURLConnection) URI.create("https://api.twilio.com/2010-04-01/Accounts/" + sid + "/Messages.json").toURL().openConnection();
        connection.setDoOutput(true);
        connection.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        connection.getOutputStream().write("To=%2B14155550199&From=%2B14155550100&Body=from+java".getBytes(StandardCharsets.UTF_8));
        if (connection.getResponseCode() != 201) throw new IllegalStateException("answered " + connection.getResponseCode());
        try (InputStream body = connection.getInputStream()) {
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            int at = text.indexOf("\"sid\":\"SM");
            System.out.println("{\"message\":\"" + text.substring(at + 7, at + 41) + "\"}");
        }
    }
}
