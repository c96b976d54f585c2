using TwilioEmu.Kernel.Ids;
using TwilioEmu.Scenarios.Reading;

namespace TwilioEmu.Scenarios.Config;

/// <summary>Reads Messaging Services and their opt-out keywords: the same words in config files and in <c>PUT /_emu/v1/opt-outs/{service}</c>.</summary>
public static class ServiceReader
{
    // twilio.com/docs/messaging/tutorials/advanced-opt-out; messaging_v3 OptOutKeywordsEntity.
    private const int MaxWord = 34;
    private const int MaxReply = 1600;

    internal static List<ServiceConfig> Read(Fields fields)
    {
        var services = new List<ServiceConfig>();
        foreach (var (item, path) in fields.List("messaging_services"))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } service) continue;
            services.Add(new ServiceConfig
            {
                Sid = service.Text("sid", s => SidMint.IsSid(s, "MG") ? null : $"\"{s}\" is not the SID of a Messaging Service: MG and 32 hex digits"),
                FriendlyName = service.NeedText("friendly_name", Words.FriendlyName),
                Account = service.Text("account", Words.NonEmpty),
                Senders = service.Texts("senders"),
                InboundRequestUrl = service.Text("inbound_request_url", Words.Url),
                FallbackUrl = service.Text("fallback_url", Words.Url),
                StatusCallback = service.Text("status_callback", Words.Url),
                IsSticky = service.Flag("sticky_sender") ?? true,
                MatchesAreaCode = service.Flag("area_code_geomatch") ?? true,
                IsSmartEncoded = service.Flag("smart_encoding") ?? false,
                ConvertsMedia = service.Flag("mms_converter") ?? true,
                UsesNumbersWebhook = service.Flag("use_inbound_webhook_on_number") ?? !service.Has("inbound_request_url"),
                Validity = service.Whole("validity_period", 1, 36_000) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                OptOut = ReadOptOut(service, "opt_out"),
            });
            service.End();
        }
        return services;
    }

    /// <summary>Reads opt-out keywords.</summary>
    public static IReadOnlyList<OptOutConfig> ReadOptOut(Fields fields, string key)
    {
        var rules = new List<OptOutConfig>();
        foreach (var (item, path) in fields.List(key))
        {
            if (Fields.Of(item, path, fields.Faults) is not { } rule) continue;
            rules.Add(new OptOutConfig(
                rule.NeedText("type", t => t is "stop" or "start" or "help" ? null : $"\"{t}\" is not stop, start or help"),
                [.. rule.Texts("words").Select(w => w.ToUpperInvariant())],
                rule.Text("reply", t => t.Length is > 0 and <= MaxReply ? null : $"a reply has 1 to {MaxReply} characters"),
                rule.Text("country", c => c is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? null : $"\"{c}\" is not the ISO code of a country, such as US")));
            foreach (var word in rule.Texts("words"))
            {
                if (word.Length is 0 or > MaxWord || !word.All(char.IsAsciiLetterOrDigit)) rule.Fault("words", $"\"{word}\" is no keyword: 1 to {MaxWord} letters and digits");
            }
            rule.End();
        }
        return rules;
    }
}
