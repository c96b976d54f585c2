using System.Globalization;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>The words of the config language and the shapes of its values; each check returns what is wrong, or null.</summary>
public static class Words
{
    /// <summary>E.164 (ITU-T): a plus and up to fifteen digits, the first not 0.</summary>
    public static string? PhoneNumber(string text) =>
        IsE164(text) ? null : $"\"{text}\" is not a phone number such as \"+14155550100\"{Meant(text)}";

    private static bool IsE164(string text) =>
        text is ['+', >= '1' and <= '9', .. var rest] && rest.Length is >= 2 and <= 14 && rest.All(char.IsAsciiDigit);

    /// <summary>
    /// The number in E.164 that a national, spaced or plus-less spelling stands for; ten digits are taken for North American ones,
    /// whose area codes begin with 2 to 9, and 00 for the plus.
    /// </summary>
    private static string Meant(string text)
    {
        if (text is ['“' or '”' or '„' or '‘' or '’', .., '“' or '”' or '‘' or '’'])
        {
            return " (curly quotes are no quotes here: write \"...\")";
        }
        if (text.Any(static c => !char.IsAsciiDigit(c) && !" .-()+/".Contains(c, StringComparison.Ordinal))) return "";
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        var number = digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}"
            : text.StartsWith('+') || digits.Length > 10 ? $"+{digits}"
            : digits is [>= '2', ..] && digits.Length == 10 ? $"+1{digits}" : "";
        return IsE164(number) ? $" (did you mean \"{number}\"?)" : "";
    }

    /// <summary>
    /// A phone: its number, an app's own phone by <c>client:</c> and its identity, a SIM by <c>sim:</c> and its SID,
    /// or a person on Messenger by <c>messenger:</c> and their id.
    /// </summary>
    public static string? Phone(string text) =>
        ChannelAddress.ChannelOf(text) == ChannelAddress.Messenger ? MessengerPerson(text) : PartyAddress.Read(text) switch
        {
            { Kind: AddressKind.Client, Value: var identity } when text.StartsWith("client:", StringComparison.Ordinal) =>
                identity.Length is > 0 and <= 256 && !identity.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or '?' or '/')
                    ? null
                    : $"\"{text}\" is not an app's own phone such as \"client:alice\": an identity of 1 to 256 characters without "
                      + "blanks, *, ? and /",
            { Kind: AddressKind.Sim, Value: var sid } when text.StartsWith("sim:", StringComparison.Ordinal) =>
                SidMint.IsSid(sid, ["DE", "HS"]) ? null : $"\"{text}\" is not a SIM: sim: and its SID",
            _ => PhoneNumber(text),
        };

    /// <summary>Two capitals (ISO 3166-1).</summary>
    public static string? Country(string text) =>
        text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? null : $"\"{text}\" is not the ISO code of a country, such as US";

    /// <summary>Who texts: a phone with a number, or a person on Messenger.</summary>
    public static string? Texter(string text) =>
        ChannelAddress.ChannelOf(text) == ChannelAddress.Messenger ? MessengerPerson(text) : PhoneNumber(text);

    /// <summary>Why somebody cannot text somebody, or null: people on Messenger write to pages there, and nobody else does.</summary>
    public static string? NoWay(string from, string to) =>
        ChannelAddress.ChannelOf(from) == ChannelAddress.ChannelOf(to)
            || ChannelAddress.Messenger != (ChannelAddress.ChannelOf(from) ?? ChannelAddress.ChannelOf(to))
        ? null
        : $"{from} cannot write to {to}: a person on Messenger (messenger: and their id) writes to a page there (messenger: and its id)";

    private static string? MessengerPerson(string text) =>
        ChannelAddress.Bare(text) is { Length: > 0 and <= 256 } id
            && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or '?' or '/')
        ? null
        : $"\"{text}\" is not a person on Messenger such as \"messenger:1001\"";

    /// <summary>A phone, or the beginning of some with a star: <c>+1415*</c>, <c>client:*</c>; <c>*</c> is any.</summary>
    public static string? Phones(string text) =>
        text is [.. var prefix, '*']
        && (prefix.Length == 0 || prefix.StartsWith("client:", StringComparison.Ordinal)
            || (prefix is ['+', .. var digits] && digits.Length <= 15 && digits.All(char.IsAsciiDigit)))
        ? null
        : Phone(text);

    /// <summary>What a phone may dial: a number, a short code, or a TwiML App, <c>app:AP...</c>.</summary>
    public static string? Dialled(string text) => PartyAddress.Read(text) is { Kind: AddressKind.App, Value: var sid }
        ? SidMint.IsSid(sid, "AP") ? null : $"\"{text}\" is not a TwiML App: app: and its SID"
        : NumberOrShortCode(text);

    /// <summary>A phone number, or three to eight digits of a short code (5 or 6 in the US; others elsewhere).</summary>
    public static string? NumberOrShortCode(string text) =>
        text.Length is >= 3 and <= 8 && text.All(char.IsAsciiDigit) ? null
            : PhoneNumber(text) is null
            ? null
            : $"\"{text}\" is neither a phone number such as \"+14155550100\" nor a short code such as \"12345\"{Meant(text)}";

    /// <summary>Whom a call is transferred to: a number or a SIP address.</summary>
    public static string? NumberOrSip(string text) =>
        PhoneNumber(text) is null
            || (text.StartsWith("sip", StringComparison.OrdinalIgnoreCase) && PartyAddress.Read(text).Kind == AddressKind.Sip
                && text.Contains('@') && !text.Any(char.IsWhiteSpace))
            ? null
            : $"\"{text}\" is neither a phone number such as \"+14155550100\" nor a SIP address such as \"sip:ada@example.com\"";

    /// <summary>What a phone may text: a number, a short code, or a channel's address.</summary>
    public static string? TextAddress(string text) => ChannelAddress.ChannelOf(text) switch
    {
        null => NumberOrShortCode(text),
        ChannelAddress.WhatsApp => PhoneNumber(ChannelAddress.Bare(text)),
        _ => ChannelAddress.Bare(text).Length > 0 ? null : $"\"{text}\" names nobody",
    };

    /// <summary>
    /// What a phone may dial or text: a number, a short code or an alphanumeric sender (up to 11 characters, one a letter).
    /// </summary>
    public static string? Address(string text) =>
        text.Length is > 0 and <= 11 && text.Any(char.IsAsciiLetter)
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_')
            ? null
            : NumberOrShortCode(text);

    public static string? Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0
            ? null
            : $"\"{text}\" is not an absolute http or https URL{MeantUrl(text)}";

    /// <summary>The URL that one without its scheme, its host (<c>:5000/sms</c>, a port alone) or both stands for.</summary>
    private static string MeantUrl(string text)
    {
        if (text.StartsWith('/')) return $" such as \"http://localhost:5000{text}\"";
        if (text.Contains("://", StringComparison.Ordinal)) return "";
        var isPort = char.IsAsciiDigit(text.TrimStart(':').FirstOrDefault()) && !text.Contains('.', StringComparison.Ordinal);
        var meant = isPort ? $"http://localhost:{text.TrimStart(':')}" : $"http://{text}";
        return Uri.TryCreate(meant, UriKind.Absolute, out _) ? $" (did you mean \"{meant}\"?)" : "";
    }

    /// <summary>What is wrong with where an app listens: scheme, host and port, nothing more; null when nothing is.</summary>
    public static string? Origin(string text) => Url(text) ?? (new Uri(text).PathAndQuery == "/" ? null : OriginOnly(text));

    /// <summary>What is wrong with the name an app is known by: an origin, <c>wss://</c> too; null when nothing is.</summary>
    public static string? PublicName(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "ws" or "wss" && url.Host.Length > 0
            ? url.PathAndQuery == "/" ? null : OriginOnly(text)
            : Origin(text);

    /// <summary>What is wrong with where a page came from, as its browser says it (RFC 6454 7); null when nothing is.</summary>
    public static string? PageOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "", Host.Length: > 0, Port: > 0 } && !text.EndsWith('/')
            ? null
            : $"\"{text}\" is not an origin such as http://localhost:3000";

    private static string OriginOnly(string text) => $"\"{text}\" must be scheme, host and port only, such as \"https://app.local\"";

    public static string? Method(string text) => text is "GET" or "POST" ? null : $"must be GET or POST, not \"{text}\"";

    public static string? AccountSid(string text) =>
        SidMint.IsSid(text, "AC") ? null : $"\"{text}\" is not an account SID: AC and 32 hex digits";

    /// <summary>
    /// A token, which nobody means to be <c>${TWILIO_AUTH_TOKEN}</c> itself: it would be taken, and every request refused.
    /// </summary>
    public static string? AuthToken(string text) => Cures.IsVariable(text) ? $"\"{text}\" is no token"
        : text.Length is > 0 and <= 128 && !text.Any(c => char.IsControl(c) || c == ':')
            ? null
            : "a token is 1 to 128 characters without a colon";

    public static string? FriendlyName(string text) => text.Length is > 0 and <= 64 ? null : "a friendly name has 1 to 64 characters";

    /// <summary>Keys a phone can press: <c>0-9 A-D * #</c>, and <c>w</c>, <c>W</c> for half and whole seconds.</summary>
    public static string? Digits(string text) =>
        text.Length is > 0 and <= 256 && text.All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'D') or '*' or '#' or 'w' or 'W')
            ? null
            : $"\"{text}\" holds more than keys: 0-9 A-D * # and w, W to wait";

    public static string? NonEmpty(string text) => text.Length > 0 ? null : "must not be empty";

    /// <summary>A text as a phone sends it: up to 1600 characters (twilio.com/docs/messaging/api/message-resource, Body).</summary>
    public static string? Body(string text) => text.Length <= 1600 ? null : $"has {text.Length} characters; a text holds 1600";

    /// <summary>An instant of ISO 8601 with its zone, or without one for UTC: <c>2026-01-05T09:00Z</c>.</summary>
    public static string? Instant(string text) =>
        TryInstant(text, out _) ? null : $"\"{text}\" is not an instant, such as 2026-01-05T09:00Z";

    /// <summary>What is wrong with a pace of time; null when nothing is.</summary>
    public static string? Clock(string text)
    {
        if (ClockMode.TryParse(text, out _)) return null;
        var isFactor = double.TryParse(text.TrimEnd('x', 'X'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
        var hint = isFactor ? $" (did you mean \"x{text.TrimEnd('x', 'X')}\"?)" : Synonyms.Hint(text, Clocks);
        return $"\"{text}\" is not a clock: real, xN (such as x10), auto or manual{hint}";
    }

    private static readonly string[] Clocks = ["real", "auto", "manual"];

    /// <summary>Reads an instant; without a zone it is UTC.</summary>
    public static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(
            text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out instant);

    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];
}
