using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>
/// Reads Messaging Services and their opt-out keywords: the same words in config files and in <c>PUT /_emu/v1/opt-outs/{service}</c>.
/// </summary>
public static class ServiceReader
{
    // twilio.com/docs/messaging/tutorials/advanced-opt-out; messaging_v3 OptOutKeywordsEntity.
    private const int MaxWord = 34;
    private const int MaxReply = 1600;

    // help.twilio.com 360034798533: of the usual keywords all may be taken away but STOP, START and HELP.
    private static readonly Dictionary<string, string[]> Removable = new(StringComparer.Ordinal)
    {
        ["stop"] = ["STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
        ["start"] = ["YES", "UNSTOP"],
        ["help"] = ["INFO"],
    };

    internal static Settings<OptOutConfig> OptOutRows { get; } = new Settings<OptOutConfig>()
        .Need(
            "type", "stop, start or help", "needed",
            static t =>
                t is "stop" or "start" or "help" ? null : $"\"{t}\" is not stop, start or help", static (r, v) => r with { Type = v })
        .Texts(
            "words", "list", "keywords beside the usual ones",
            static (r, v) => r with { Words = [.. v.Select(static w => w.ToUpperInvariant())] })
        .Texts(
            "without", "list", "usual keywords that are ordinary words here, such as CANCEL; not STOP, START and HELP",
            static (r, v) => r with { Without = [.. v.Select(static w => w.ToUpperInvariant())] })
        .Text(
            "reply", "text", "what is answered (the usual reply)",
            static t =>
                t.Length is > 0 and <= MaxReply ? null : $"a reply has 1 to {MaxReply} characters", static (r, v) => r with { Reply = v })
        .Text(
            "country", "ISO code", "for phones of that country only",
            Words.Country, static (r, v) => r with { Country = v });

    // twilio.com/docs/messaging/api/service-resource.
    internal static Settings<ServiceConfig> Rows { get; } = new Settings<ServiceConfig>()
        .Text(
            "sid", "MG and 32 hex digits", "minted unless told",
            static s =>
                SidMint.IsSid(s, "MG") ? null : $"\"{s}\" is not the SID of a Messaging Service: MG and 32 hex digits",
                static (s, v) => s with { Sid = v })
        .Need("friendly_name", "text", "needed", Words.FriendlyName, static (s, v) => s with { FriendlyName = v })
        .Text("account", "SID or name", "whose (the first account's)", Words.NonEmpty, static (s, v) => s with { Account = v })
        .Texts("senders", "list", "numbers and short codes of the account, alphanumeric names", static (s, v) => s with { Senders = v })
        .Text("inbound_request_url", "URL", "told of texts to its numbers", Words.Url, static (s, v) => s with { InboundRequestUrl = v })
        .Text("fallback_url", "URL", "asked when that fails", Words.Url, static (s, v) => s with { FallbackUrl = v })
        .Text(
            "status_callback", "URL", "told of its messages that name no callback of their own",
            Words.Url, static (s, v) => s with { StatusCallback = v })
        .Flag("sticky_sender", "a recipient keeps the sender it knows (true)", static (s, v) => s with { IsSticky = v })
        .Flag(
            "area_code_geomatch", "numbers of the recipient's area code are preferred (true)",
            static (s, v) => s with { MatchesAreaCode = v })
        .Flag("smart_encoding", "look-alike characters are replaced (false)", static (s, v) => s with { IsSmartEncoded = v })
        .Flag("mms_converter", "media become a link where none can go (true)", static (s, v) => s with { ConvertsMedia = v })
        .Add(
            "use_inbound_webhook_on_number", "true or false",
            "the numbers' own URLs are told (true unless inbound_request_url stands there)",
            static (s, fields, key) =>
                s with { UsesNumbersWebhook = fields.Flag(key) ?? !fields.Has("inbound_request_url") }, ValueShape.TrueOrFalse)
        .Whole(
            "validity_period", 1, 36_000, "seconds a message may wait (36000)",
            static (s, v) => s with { Validity = TimeSpan.FromSeconds(v) })
        .Add(
            "opt_out", "list", "keywords and replies of its own",
            static (s, fields, key) => s with { OptOut = ReadOptOut(fields, key) }, new ValueShape.ListOf(OptOutRows));

    internal static List<ServiceConfig> Read(Fields fields) =>
        Rows.ReadAll(fields, "messaging_services", new ServiceConfig { FriendlyName = "" });

    /// <summary>Reads opt-out keywords.</summary>
    public static IReadOnlyList<OptOutConfig> ReadOptOut(Fields fields, string key) =>
        OptOutRows.ReadAll(fields, key, new OptOutConfig("", [], null, null), static (rule, at) =>
        {
            foreach (var word in rule.Words.Where(static w => w.Length is 0 or > MaxWord || !w.All(char.IsAsciiLetterOrDigit)))
            {
                at.Fault("words", $"\"{word}\" is no keyword: 1 to {MaxWord} letters and digits");
            }
            if (!Removable.TryGetValue(rule.Type, out var usual)) return;
            foreach (var word in rule.Without.Where(w => !usual.Contains(w)))
            {
                at.Fault("without", $"\"{word}\" is no usual keyword of {rule.Type} that can be taken away: {string.Join(", ", usual)}");
            }
        });
}
