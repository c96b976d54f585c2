namespace TwilioEmu.Messaging.Tests;

/// <summary>Where an app meets one of Twilio's codes.</summary>
internal enum Seen
{
    Refused,
    Ends,
    Alert,
    Told,
    Never,
}

/// <summary>One of Twilio's codes that have to do with messages, or several of a kind.</summary>
/// <param name="First">The first, as the error dictionary has it.</param>
/// <param name="As">Where it is met.</param>
/// <param name="How">What leads to it here; of <see cref="Seen.Never"/>, why nothing does.</param>
/// <param name="Shown">The test that shows it, by its file; null for a row of <see cref="ErrorTableTests"/> or
/// <see cref="EndingCodesTests"/>, and for what a phone says.</param>
internal sealed record MessagingCode(int First, Seen As, string How, string? Shown = null)
{
    /// <summary>The last of several.</summary>
    public int Last { get; init; } = First;
}

/// <summary>
/// Every documented code of Programmable Messaging: what gives it here, or why nothing does. <c>docs/messaging-errors.md</c> is made from
/// it.
/// </summary>
/// <remarks>
/// twilio.com/docs/api/errors: of 11xxx to 14xxx what texts have, 21xxx, 30xxx, 35xxx, 63xxx, 90xxx. Reasons why registrations fail (304xx
/// and on) are whatever <c>registrations:</c> or the control API says.
/// </remarks>
internal static class MessagingCodes
{
    public static IReadOnlyList<MessagingCode> All { get; } =
    [
        // Requests to the app.
        new(11100, Seen.Alert, "a webhook URL that is none", "WebhookUrlTests"),
        new(11200, Seen.Ends, "the app does not hand out a MediaUrl; an alert where its webhook answers 4xx or 5xx, or not within 15 s"),
        new(11201, Seen.Alert, "no TCP connection in time", "SocketWireTests"),
        new(11202, Seen.Alert, "the connection is refused", "SocketWireTests"),
        new(11203, Seen.Alert, "the time of all attempts is used up", "LetterboxTests"),
        new(11205, Seen.Alert, "the network fails, or no answer in time", "SocketWireTests"),
        new(11206, Seen.Alert, "what came is no HTTP", "SocketWireTests"),
        new(11210, Seen.Alert, "no such host", "SocketWireTests"),
        new(11215, Seen.Alert, "more than ten redirects", "RedirectTests"),
        new(11216, Seen.Alert, "a redirect that leads nowhere", "RedirectTests"),
        Never(11217, "11200 says it"),
        new(11220, Seen.Alert, "the TLS handshake fails", "TlsTests"),
        new(11235, Seen.Alert, "a certificate of another name", "TlsTests"),
        new(11236, Seen.Alert, "a certificate that has expired", "TlsTests"),
        new(11237, Seen.Alert, "a certificate nobody trusted signed", "TlsTests"),
        new(11240, Seen.Alert, "an edge in the URL's fragment that is none", "ConnectionOverridesTests"),
        new(11241, Seen.Alert, "an edge that is not there for it", "ConnectionOverridesTests"),
        Never(11242, "there is no Interconnect here"),
        new(11243, Seen.Alert, "a retry policy in the fragment that is none", "ConnectionOverridesTests"),
        Never(11251, "11206 says it"),
        Never(11300, 11320, "of URL templates, which are undocumented"),
        new(11321, Seen.Alert, "a webhook URL without http:// that the world began with"),
        new(11322, Seen.Alert, "a method other than GET and POST, likewise"),
        new(11750, Seen.Alert, "an answer of more than 64 kB", "LetterboxTests"),
        new(11751, Seen.Ends, "media of more than 5 MB"),
        new(11770, Seen.Alert, "an empty body in chunks", "SocketWireTests"),

        // Documents.
        new(12100, Seen.Alert, "an answer that is no XML"),
        new(12101, Seen.Alert, "another version than 2010-04-01", "TwimlReaderTests"),
        new(12102, Seen.Alert, "its root is no `<Response>`", "InboundMessageTests"),
        new(12200, Seen.Alert, "an element, attribute or value that messages do not have: voice verbs too"),
        new(12300, Seen.Ends, "a MediaUrl of a type that is not carried; an alert where the webhook's answer is no TwiML"),
        Never(12400, "Twilio's own failure"),

        // Replies.
        new(14101, Seen.Alert, "`<Message to>` that is no number, the sender itself, or of another channel"),
        new(14102, Seen.Alert, "`<Message from>` that is no number"),
        new(14103, Seen.Alert, "`<Message>` without words or media, or of more than 1600 characters"),
        new(14104, Seen.Alert, "a method other than GET and POST"),
        new(14105, Seen.Alert, "`<Message statusCallback>` that is no URL"),
        new(14106, Seen.Alert, "more than 50 documents to one text"),
        new(14107, Seen.Ends, "more than 30 replies in a row, each less than 30 s after the one before; an alert besides"),
        new(14108, Seen.Alert, "`<Message from>` that is not the account's"),
        new(14109, Seen.Alert, "more than ten `<Message>`"),
        Never(14110, "live answers with voice verbs are 12200"),
        new(14111, Seen.Alert, "a trial account's reply to a phone it did not verify"),

        // Requests to the API.
        new(21211, Seen.Refused, "`To` that is no number"),
        new(21212, Seen.Refused, "`From` that is no number, short code or name"),
        new(21218, Seen.Refused, "an ApplicationSid that the account has not"),
        new(21265, Seen.Refused, "`To` is a short code"),
        new(21266, Seen.Refused, "`To` is `From`"),
        new(21267, Seen.Refused, "a trial account and a name as `From`"),
        new(21268, Seen.Refused, "`lookup:` says that `To` is `premium`"),
        Never(21407, "of numbers"),
        new(
            21408, Seen.Refused,
            "a country that the account switched off (`accounts.twilio.com/v1/Messaging/GeoPermissions`); Iran, Syria, Cuba"),
        Never(21601, 21602, "another of today's codes is said"),
        new(21603, Seen.Refused, "neither `From` nor a service"),
        new(21604, Seen.Refused, "no `To`"),
        Never(21605, "of the address of 2008"),
        new(21606, Seen.Refused, "with test credentials: any `From` but the magic ones", "TestCredentialsTests"),
        Never(21607, "trial accounts have no shared number any longer"),
        new(21608, Seen.Refused, "a trial account and a phone it did not verify (`caller_ids:`)"),
        new(21609, Seen.Refused, "a StatusCallback that is no URL, or whose host has an underscore"),
        new(21610, Seen.Refused, "the phone texted STOP"),
        new(21611, Seen.Refused, "ten hours of texts wait for the number (`messages_per_second`)"),
        new(21612, Seen.Refused, "a name as `From` to the United States or Canada"),
        Never(21613, "of buying numbers"),
        new(21614, Seen.Refused, "`lookup:` says that `To` is `pager`, `voicemail`, `uan` or `sharedCost`"),
        Never(21616, "a number is one account's, once"),
        new(21617, Seen.Refused, "more than 1600 characters"),
        Never(21618, "what leads there is not published"),
        new(21619, Seen.Refused, "no words, media or template"),
        new(21620, Seen.Refused, "a MediaUrl that is none"),
        new(21621, Seen.Refused, "media, or SendAsMms, from a number without MMS"),
        new(21622, Seen.Refused, "an account without MMS (`accounts: [{ mms: false }]`)"),
        new(21623, Seen.Refused, "more than ten MediaUrls"),
        new(21624, Seen.Refused, "a ValidityPeriod that is not 1 to 36000"),
        Never(21626, "no parameter of messages"),
        new(21627, Seen.Refused, "a MaxPrice that is no number"),
        new(21635, Seen.Refused, "`lookup:` says that `To` is a `landline`"),
        Never(21652, 21653, "no parameters of messages"),
        new(21654, Seen.Refused, "ContentVariables without ContentSid"),
        new(21655, Seen.Refused, "a ContentSid that the account has not"),
        new(21656, Seen.Refused, "ContentVariables that are no object of texts, or lack one the template needs"),
        Never(21657, 21658, "another of today's codes is said"),
        new(21659, Seen.Refused,
            "a `From` that nobody in the world owns, or a short code of another country (`country:` under `numbers:`)"),
        new(21660, Seen.Refused, "a `From` of another account of the world"),
        new(21661, Seen.Refused, "a `From` that takes no texts (a landline of the number plan)"),
        Never(21662, 21663, "regions hold the same numbers"),
        new(21664, Seen.Refused, "`FallbackFrom` beside `From`"),
        new(21665, Seen.Refused, "a `FallbackFrom` that is not the account's"),
        new(21666, Seen.Refused, "`FallbackFrom` without a service"),
        new(21667, Seen.Refused, "`FallbackFrom` and a service without an RCS sender"),
        Never(21668, 21669, "regions hold the same numbers"),
        new(21701, Seen.Refused, "a service that is none"),
        new(21702, Seen.Ends, "the service is deleted before a sender was chosen"),
        new(21703, Seen.Ends, "nobody in the pool may write to the country"),
        new(21704, Seen.Refused, "a service with an empty pool"),
        new(21705, Seen.Refused, "a MessagingServiceSid of another shape"),
        Never(21708, "another of today's codes is said"),
        new(21709, Seen.Refused, "AlphaSender that is none", "MessagingServiceTests"),
        new(21710, Seen.Refused, "a sender that is in the pool already", "MessagingServiceTests"),
        new(21711, Seen.Refused, "a `From` that is not in the pool"),
        new(21712, Seen.Refused, "a sender that is in another service's pool", "MessagingServiceTests"),
        new(21713, Seen.Refused, "a Usecase that is none", "MessagingServiceTests"),
        new(21714, Seen.Refused, "a 401st sender", "MessagingServiceTests"),
        new(21715, Seen.Refused, "a number that takes no texts", "MessagingServiceTests"),
        new(21717, Seen.Refused, "a campaign of a brand that is not approved", "RegistrationTests"),
        Never(21719, 21720, "a service's use case is taken as it is"),
        new(21732, Seen.Refused, "a second campaign of a sole proprietor's brand, or the 101st of another", "RegistrationTests"),
        Never(21736, 21741,
            "reasons why a brand fails, which a registration can be told to have: `registrations: { approved: false, error_code: 21738 }`"),
        new(21910, Seen.Refused, "`To` and `From` of different channels"),

        // Carriers, registrations, links.
        new(30001, Seen.Ends, "as 21611, through a service"),
        new(30002, Seen.Ends, "the account is suspended or closed while the message waits"),
        new(30003, Seen.Ends, "a phone says it"),
        new(30004, Seen.Ends, "the phone texted STOP to a toll-free number: its network blocks"),
        new(30005, Seen.Ends, "a phone says it"),
        new(30006, Seen.Ends, "as 21635, with ForceDelivery or through a service"),
        new(30007, Seen.Ends, "a phone says it"),
        new(30008, Seen.Ends, "a phone says it"),
        Never(30009, "parts of a text come together or not at all"),
        Never(30010, "MaxPrice has no effect since 2024"),
        new(30011, Seen.Ends, "media to a country other than the United States and Canada, without the MMS converter"),
        Never(30012, 30013, "a ValidityPeriod out of range is refused: 21624"),
        Told(30014, 30016),
        Told(30017, 30026),
        new(30027, Seen.Ends, "a brand's daily share of T-Mobile (`lookup: { carrier: T-Mobile }`)", "RegistrationTests"),
        Told(30028),
        new(30029, Seen.Refused, "ContentRetention that is neither retain nor discard"),
        new(30030, Seen.Refused, "AddressRetention that is neither retain nor obfuscate"),
        Told(30031),
        new(30032, Seen.Ends, "a toll-free number without an approved verification, where `registrations: { required: true }`",
            "RegistrationTests"),
        new(30033, Seen.Ends, "its campaign is `SUSPENDED` (`PUT /_emu/v1/registrations/QE...`)", "RegistrationTests"),
        new(30034, Seen.Ends, "a long code without a verified campaign, where `registrations: { required: true }`", "RegistrationTests"),
        Told(30035),
        new(30036, Seen.Ends, "its ValidityPeriod is over before its turn comes"),
        Told(30037, 30043),
        Told(30044, why: "how many segments trial accounts have is not published"),
        Never(30045, "a ValidityPeriod out of range is refused: 21624"),
        Told(30046),
        Told(30103),
        new(30104, Seen.Alert, "a click on a link that is none any more; it leads to the domain's fallback", "ShortLinkTests"),
        new(30105, Seen.Alert, "the same, and there is no fallback", "ShortLinkTests"),
        new(30106, Seen.Ends, "ShortenUrls, and the service has no domain", "ShortLinkTests"),
        new(30109, Seen.Refused, "a domain's callback for clicks that is no URL", "ShortLinkTests"),
        new(30122, Seen.Refused, "its fallback that is no URL", "ShortLinkTests"),
        new(30124, Seen.Refused, "ShortenUrls without a service"),
        Never(30127, "a service that is none is 21705"),
        new(30130, Seen.Refused, "a service that has another domain", "ShortLinkTests"),
        Told(30139),
        Never(30400, 30404, "of the bulk API, which answers 501"),
        new(30409, Seen.Refused, "canceling what is not scheduled", "ScheduleTests"),
        Told(30410),
        Told(30450),
        Told(30453, 30454),
        Told(30485),
        Told(30500),
        Told(30610, 30620),
        new(30630, Seen.Ends, "as 21610, through a service"),

        // Scheduling.
        new(35111, Seen.Refused, "ScheduleType without SendAt"),
        new(35114, Seen.Refused, "a SendAt sooner than 5 minutes or later than 35 days"),
        Never(35115, 35117, "the same words as 35114, which is said"),
        new(35118, Seen.Refused, "ScheduleType without a service"),
        new(35125, Seen.Refused, "500,000 messages are scheduled"),
        new(35126, Seen.Refused, "a ScheduleType other than fixed"),
        Never(35127, 35134, "of the bulk API, which answers 501"),

        // Channels.
        Told(63001, 63002),
        new(63003, Seen.Ends, "a WhatsApp message to a number of the emulator that is no sender"),
        Told(63005),
        new(63006, Seen.Ends, "a template that the channel shows nothing of"),
        new(63007, Seen.Ends, "a channel sender that is none (the request is refused), or is not online"),
        Told(63008, 63014),
        new(63015, Seen.Ends, "a sandbox (`join:`) that the phone has not joined"),
        new(63016, Seen.Ends, "free words to a person who did not write in 24 hours"),
        Told(63017, 63018),
        new(63019, Seen.Ends, "media that cannot be had, on a channel"),
        Told(63020),
        new(63021, Seen.Ends, "media of a type that the channel does not take"),
        Told(63022, 63023),
        new(63024, Seen.Ends, "a phone without WhatsApp (`whatsapp: false`)"),
        Told(63025, 63026),
        new(63027, Seen.Ends, "a card or the like that WhatsApp did not approve"),
        Told(63028, 63029),
        new(63030, Seen.Ends, "PersistentAction on RCS, or one that is no place"),
        new(63031, Seen.Refused, "`To` is `From` on a channel"),
        Told(63032, 63033),
        new(63034, Seen.Ends, "media of more than 16 MB on a channel"),
        new(63035, Seen.Ends, "an RCS agent that is not launched"),
        new(63036, Seen.Ends, "a phone that RCS does not reach (`rcs: false`)"),
        Told(63037),
        new(63038, Seen.Refused, "a trial's 51st message in 24 hours, or one more than an account's `messages_per_day`"),
        Told(63039),
        new(63040, Seen.Ends, "a template that WhatsApp rejected"),
        new(63041, Seen.Ends, "one that it paused"),
        new(63042, Seen.Ends, "one that it disabled"),
        Told(63043, 63045),
        Never(63046, "no error: WhatsApp approves, and `approved` says so"),
        Told(63047),
        Told(63049, 63059),

        // Older ones.
        Never(90007, "another of today's codes is said"),
        Never(90010, "another of today's codes is said"),
        Never(90014, "another of today's codes is said"),
    ];

    private static MessagingCode Told(int first, int last = 0, string why = "") =>
        new(first, Seen.Told, why) { Last = last == 0 ? first : last };

    private static MessagingCode Never(int code, string why) => new(code, Seen.Never, why);

    private static MessagingCode Never(int first, int last, string why) => new(first, Seen.Never, why) { Last = last };
}
