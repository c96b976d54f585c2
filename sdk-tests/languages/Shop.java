// A shop that is texted and called, in Java's own HTTP server and client: no line about an emulator.
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Shop {
    static final String SID = System.getenv("TWILIO_ACCOUNT_SID"), TOKEN = System.getenv("TWILIO_AUTH_TOKEN");
    static final String ACCOUNT = "https://api.twilio.com/2010-04-01/Accounts/" + SID, VERIFY = "https://verify.twilio.com/v2/Services";
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final Map<String, List<String>> STATUSES = new ConcurrentHashMap<>();
    static final Map<String, String> RECORDINGS = new ConcurrentHashMap<>();
    static String here, service;

    static class Refused extends RuntimeException {
        final int code;

        Refused(String body) {
            super(body);
            code = Integer.parseInt(member(body, "code"));
        }
    }

    interface Act { String of(Map<String, String> q) throws Exception; }

    /** A call of Twilio's API: a form is posted, without one it is got. */
    static String twilio(String url, String... form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((SID + ":" + TOKEN).getBytes(StandardCharsets.UTF_8)));
        if (form.length > 0) {
            var fields = new ArrayList<String>();
            for (int i = 0; i < form.length; i += 2) fields.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
            request.header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields)));
        }
        var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        var body = new String(answer.body(), answer.headers().firstValue("Content-Type").orElse("").contains("json") ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        if (answer.statusCode() >= 400) throw new Refused(body);
        return body;
    }

    /** The first member of a name in a JSON text; Java has no reader of its own. */
    static String member(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\d+))").matcher(json);
        return !found.find() ? null : found.group(1) != null ? found.group(1).replace("\\/", "/") : found.group(2);
    }

    static String json(String name, String value) {
        return value == null ? "{}" : "{\"" + name + "\":\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
    }

    static String list(String name, List<String> values) {
        return "{\"" + name + "\":[" + values.stream().map(v -> "\"" + v + "\"").collect(Collectors.joining(",")) + "]}";
    }

    /** twilio.com/docs/usage/security#validating-requests */
    static boolean isSigned(String url, Map<String, String> fields, String signature) throws Exception {
        var words = new StringBuilder(url);
        new TreeMap<>(fields).forEach((name, value) -> words.append(name).append(value));
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        var made = Base64.getEncoder().encode(mac.doFinal(words.toString().getBytes(StandardCharsets.UTF_8)));
        return MessageDigest.isEqual(made, (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String notify(Map<String, String> q) throws Exception {
        try {
            var message = twilio(ACCOUNT + "/Messages.json",
                "To", q.get("to"), "From", System.getenv("TWILIO_NUMBER"), "Body", q.get("body"), "StatusCallback", here + "/status");
            return "{\"sid\":\"" + member(message, "sid") + "\",\"status\":\"" + member(message, "status") + "\"}";
        } catch (Refused refused) {
            switch (refused.code) {
                case 21211: return json("error", q.get("to") + " is no phone number");
                case 21610: return json("error", q.get("to") + " wants no texts");
                default: throw refused;
            }
        }
    }

    static synchronized String verify(String path, String... form) throws Exception {
        if (service == null) service = member(twilio(VERIFY, "FriendlyName", "Shop"), "sid");
        return json("status", member(twilio(VERIFY + "/" + service + "/" + path, form), "status"));
    }

    static String history() throws Exception {
        var bodies = new ArrayList<String>();
        for (var page = "/2010-04-01/Accounts/" + SID + "/Messages.json?PageSize=2"; page != null; ) {
            var found = twilio("https://api.twilio.com" + page);
            var body = Pattern.compile("\"body\":\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(found);
            while (body.find()) bodies.add(body.group(1));
            page = member(found, "next_page_uri");
        }
        return list("bodies", bodies);
    }

    static String told(Runnable act) {
        act.run();
        return null;
    }

    static final Map<String, Act> WEBHOOKS = Map.of(
        "/sms", q -> "<Message>You wrote: " + escaped(q.get("Body")) + "</Message>",
        "/voice", q -> "<Gather numDigits=\"1\" action=\"/menu\"><Say>Press 1 to leave a message.</Say></Gather><Say>Goodbye.</Say>",
        "/menu", q -> "1".equals(q.get("Digits"))
            ? "<Say>Speak after the tone.</Say><Record action=\"/recorded\" maxLength=\"30\" finishOnKey=\"#\" recordingStatusCallback=\"/recording\"/>"
            : "<Say>There is no such choice.</Say><Redirect>/voice</Redirect>",
        "/recorded", q -> "<Say>Thank you for " + q.get("RecordingDuration") + " seconds.</Say><Hangup/>",
        "/recording", q -> told(() -> RECORDINGS.put(q.get("CallSid"), q.get("RecordingUrl"))),
        "/status", q -> told(() -> STATUSES.computeIfAbsent(q.get("MessageSid"), sid -> new CopyOnWriteArrayList<>()).add(q.get("MessageStatus"))));

    static final Map<String, Act> STAFF = Map.of(
        "/notify", Shop::notify,
        "/statuses", q -> list("statuses", STATUSES.getOrDefault(q.get("sid"), List.of())),
        "/login", q -> verify("Verifications", "To", q.get("to"), "Channel", "sms"),
        "/check", q -> verify("VerificationCheck", "To", q.get("to"), "Code", q.get("code")),
        "/voicemail", q -> RECORDINGS.containsKey(q.get("call")) ? json("wav", twilio(RECORDINGS.get(q.get("call")) + ".wav").substring(0, 4)) : "{}",
        "/history", q -> history());

    static void handle(HttpExchange http) throws IOException {
        var fields = new TreeMap<String, String>();
        for (var pair : new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
            if (pair.isEmpty()) continue;
            var parts = pair.split("=", 2);
            fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        var path = http.getRequestURI().getPath();
        try {
            if (WEBHOOKS.containsKey(path)) {
                if (!isSigned(here + http.getRequestURI(), fields, http.getRequestHeaders().getFirst("X-Twilio-Signature"))) {
                    answer(http, 403, "text/plain", "");
                    return;
                }
                var words = WEBHOOKS.get(path).of(fields);
                if (words == null) answer(http, 204, "text/plain", "");
                else answer(http, 200, "text/xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>" + words + "</Response>");
            } else if (STAFF.containsKey(path)) answer(http, 200, "application/json", STAFF.get(path).of(fields));
            else answer(http, 404, "text/plain", "");
        } catch (Exception fault) {
            answer(http, 500, "text/plain", fault.toString());
        }
    }

    static void answer(HttpExchange http, int status, String type, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    public static void main(String[] args) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        here = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/", Shop::handle);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.start();
        System.out.println("listening on " + here);
    }
}
