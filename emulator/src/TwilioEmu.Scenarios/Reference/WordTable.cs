using TwilioEmu.Scenarios.Config;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Reference;

/// <summary>A word of the YAML, for people.</summary>
/// <param name="Name">As written.</param>
/// <param name="Takes">What stands behind it.</param>
/// <param name="Means">What it does.</param>
public sealed record Word(string Name, string Takes, string Means);

/// <summary>A mapping with words of its own.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Words">In the order told.</param>
public sealed record WordPlace(string Title, IReadOnlyList<Word> Words);

/// <summary>Every word of config, handsets and stories: what <c>docs/words.md</c> is made of (reference, catalog).</summary>
/// <remarks>A test holds it against the readers: every key they ask for is told here, and no other.</remarks>
public static class WordTable
{
    public static IReadOnlyList<WordPlace> Config { get; } =
    [
        Of("A config file, and `given`", ConfigReader.Rows),
        Of("accounts[]", AccountReader.Rows),
        Of("accounts[].test_credentials", AccountReader.TestCredentialRows),
        Of("accounts[].api_keys[]", AccountReader.KeyRows),
        Of("accounts[].oauth_apps[]", AccountReader.OAuthRows),
        Of("accounts[].connect_apps[], authorized_connect_apps[]", AccountReader.ConnectRows),
        Of("numbers[]", NumberReader.Rows),
        Of("caller_ids[]", ConfigReader.CallerIdRows),
        Of("channel_senders[]", ChannelReader.SenderRows),
        Of("content_templates[]", ChannelReader.TemplateRows),
        Of("registrations", ConfigReader.RegistrationRows),
        Of("smpp", SmppReader.Rows),
        Of("smpp.systems[]", SmppReader.SystemRows),
        Of("smpp.smscs[]", SmppReader.CentreRows),
        Of("messaging_services[]", ServiceReader.Rows),
        Of("messaging_services[].opt_out[], opt-outs", ServiceReader.OptOutRows),
        new("handsets[], behaves",
        [
            new("answers", "true or duration", "picks up (after 2s)"),
            new("busy", "true, false or duration", "is busy"),
            new("no_answer", "true, false or duration", "rings until the other side gives up"),
            new("rejects", "true, false or duration", "declines"),
            new("machine", "true, false or duration", "an answering machine"),
            new("unreachable", "true, false or duration", "is switched off"),
            new("fax", "true, false or duration", "a fax"),
            new(
                "greeting", "text",
                "said first: a machine's greeting, a person's hello; unless told a machine has a usual one, and a person says hello where "
                    + "machine detection listens and the script does not begin by itself"),
            new("beep", "true or false", "false: a machine that takes messages without a beep"),
            new("driven_from_outside", "true or false", "the control API or a browser acts for its owner; time waits for them"),
            new("script", "list of steps", "what its owner does in a call"),
            new("name", "text", "the name its owner goes by on WhatsApp (the user name, else the number's digits)"),
            new("username", "text", "its owner's user name on WhatsApp: businesses that do not know the number are not shown it"),
            new("whatsapp", "true or false", "false: a phone without WhatsApp"),
            new("rcs", "true or false", "false: a phone that RCS does not reach"),
            new("texts", "mapping", "what becomes of texts sent to it"),
            new("sip", "mapping", "a real SIP phone may register with the carrier as this number"),
        ]),
        new("handsets[].sip",
        [
            new("password", "text", "the phone's; its user is the number, its domain any host that is not Twilio's"),
        ]),
        new("handsets[].texts",
        [
            new("status", "delivered, undelivered, failed or no-receipt", "the carrier's last word"),
            new("error_code", "10000 to 99999", "of undelivered (30003) and failed (30008)"),
            new("delay", "duration", "from acceptance to receipt (1s)"),
            new("receipts", "in-order or reversed", "whether the app is told of the end first and of `sent` afterwards"),
            new("copies", "0 to 10", "how often the app is told of the end again (0)"),
            new("reads", "duration", "from arrival until a text on WhatsApp or RCS is read; unless told when its owner next writes there"),
        ]),
        new("app.*",
        [
            new("status", "100 to 599", "of the answer (200)"),
            new("content_type", "text", "told from the body unless told"),
            new("body", "text", "what is answered; `{{Param}}` stands for a parameter"),
            new("after", "duration", "how long it takes"),
        ]),
        new("app.*[] that chooses",
        [
            new("when", "mapping of parameters", "the request must have these"),
            new("answer", "an answer, or a list given one after another", "what is answered then"),
        ]),
        Of("lookup.*", LookupReader.Rows),
        Of("limits", ConfigReader.LimitRows),
        new("A story",
        [
            new("scenario", "text", "its title; needed"),
            new("tags", "list of words", "to choose it by: `run --filter`"),
            new("vars", "mapping", "values by name: `${name}`"),
            new("given", "a config, or `!include FILE`", "the world it plays in; `_given.yaml` of the folder where it is absent"),
            new("allows", "list of alerts, not_emulated, cut_short", "what does not fail it"),
            new("when", "a step or a list", "what is done"),
            new("then", "a step or a list", "what must be seen"),
            new("story", "list of blocks of when and then", "one after another"),
        ]),
    ];

    public static IReadOnlyList<WordPlace> Steps { get; } =
    [
        new("every step",
        [
            new("repeat", "whole number", "done so often; `${i}` counts from 1"),
            new("for_each", "list, or a value that holds one", "done for each; `${item}`, `${i}`"),
            new("save", "name", "keeps what came of it"),
        ]),
        new("handset: N, texts",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("texts", "text", "a phone sends a text"),
            new("to", "number, short code, or a channel's address: `whatsapp:+14155550100`", "to whom"),
            new("media_urls", "list of URLs", "with pictures"),
        ]),
        new("handset: N, taps; picks; shares",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("taps", "text", "taps the button of what a channel's sender sent"),
            new("picks", "text", "picks the item of a list"),
            new("shares", "latitude, longitude, label, address", "shares a place"),
            new("to", "a channel's address", "whom that answers"),
        ]),
        new("handset: N, dials",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("dials", "number or short code; `app:AP...`", "a phone dials; an app's own phone connects to a TwiML App"),
            new("parameters", "mapping", "what that gives the TwiML App"),
            new(
                "forwarded_from", "phone number",
                "who was called first and sends the call on: the app is told `ForwardedFrom` and `CalledVia`"),
            new(
                "stir_verstat", "`TN-Validation-Passed-A` and kin, `No-TN-Validation`",
                "how far the caller's number was proved: the app is told `StirVerstat`"),
            new("script", "list of steps", "what its owner does; `[]` to lead it by hand"),
        ]),
        new("handset: N, behaves",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("behaves", "mapping", "a phone behaves otherwise from now on"),
        ]),
        new("handset: N, receives",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("receives", "from, to, body, media_urls", "texts reached the phone"),
            .. OfClaims,
        ]),
        new("handset: N, reads_code",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new(
                "reads_code", "true; or service, channel, from",
                "a one-time code reached the phone, texted or spoken; `save` keeps it as `code`"),
            new("within", "duration", "how long to wait (5s)"),
        ]),
        new("handset: N, hears",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("hears", "text or /pattern/", "words are heard in the call of the moment"),
            new("within", "duration", "how long to wait (30s)"),
        ]),
        new("handset: N, call_ends",
        [
            new("handset", "phone number, `client:alice`", "who"),
            new("call_ends", "true", "the call it is in, or was in last, is over"),
            new("within", "duration", "how long to wait (5s)"),
        ]),
        new("gateway: NAME, binds",
        [
            WhichGateway,
            new("binds", "transceiver, transmitter or receiver", "opens a session with the emulator"),
            new("password", "up to 8 characters", "what it shows (what was given)"),
            new("expect", "a status such as ESME_RINVPASWD", "how it must be answered (ESME_ROK)"),
        ]),
        new("gateway: NAME, texts",
        [
            WhichGateway,
            new(
                "texts", "text",
                "submits the text of a phone by `submit_sm`, in parts where it is long; `save` keeps `message_id` and `status`"),
            new("from", "phone number", "which phone"),
            new("to", "number or short code", "to whom"),
            new("receipt", "always, on_failure or never", "whether it asks what became of it (always)"),
            new("expect", "a status such as ESME_RTHROTTLED", "how it must be answered (ESME_ROK)"),
        ]),
        new("gateway: NAME, receives",
        [
            WhichGateway,
            new("receives", "from, to, body, parts, status", "texts of the app reached it by `deliver_sm`"),
            .. OfClaims,
        ]),
        new("gateway: NAME, receives_receipt",
        [
            WhichGateway,
            new("receives_receipt", "message_id, state, err, from, to", "it was told what became of texts of its own"),
            .. OfClaims,
        ]),
        new("gateway: NAME, answers",
        [
            WhichGateway,
            new("answers", "a status such as ESME_RX_R_APPN, or nothing", "how it answers `deliver_sm` from now on (ESME_ROK)"),
        ]),
        new("gateway: NAME, acknowledges",
        [
            WhichGateway,
            new(
                "acknowledges", "delivered, undeliverable, expired, rejected, ...",
                "says what became of the oldest text it did not speak of yet, where `delivered_by` is acknowledgement"),
            new("err", "up to 3 letters and digits", "the network's own error (\"000\")"),
            new("expect", "a status such as ESME_RINVESMCLASS", "how it must be answered (ESME_ROK)"),
        ]),
        new("gateway: NAME, unbinds",
        [
            WhichGateway,
            new("unbinds", "true", "ends its sessions"),
        ]),
        new("expect",
        [
            new("expect", "kind, subject, account, data", "the journal holds such entries"),
            .. OfClaims,
        ]),
        new("posts, deletes",
        [
            new("posts", "path", "POST"),
            new("deletes", "path", "DELETE"),
            new("as", "SID or name", "the account that asks"),
            new("form", "mapping", "parameters"),
            new("expect", "status, body", "what must be answered (any 2xx)"),
        ]),
        new("gets",
        [
            new("gets", "path", "GET"),
            new("as", "SID or name", "the account that asks"),
            new("form", "mapping", "parameters"),
            new("expect", "status, body", "what must be answered (any 2xx)"),
            new("within", "duration", "asks again each second until it is answered so"),
        ]),
        new("advance",
        [
            new("advance", "duration", "time passes"),
        ]),
        new("together",
        [
            new("together", "list of steps", "done side by side"),
        ]),
    ];

    private static Word WhichGateway => new("gateway", "a `system_id` of `given.smpp.systems`", "which gateway, played by the story");

    /// <summary>What stands beside whatever is claimed of entries.</summary>
    private static Word[] OfClaims =>
    [
        new("within", "duration", "how long to wait (5s)"),
        new("count", "whole number", "at least so many (1); 0 for none at all"),
        new("exactly", "whole number", "just so many"),
        new("spaced", "duration", "each exactly so long after the one before"),
        new("each", "kind, subject, account, data", "what the i-th must be like"),
        new("since", "start", "looks at the whole story"),
    ];

    private static WordPlace Of(string title, IEnumerable<Setting> rows) =>
        new(title, [.. rows.Select(static r => new Word(r.Key, r.Takes, r.Means))]);
}
