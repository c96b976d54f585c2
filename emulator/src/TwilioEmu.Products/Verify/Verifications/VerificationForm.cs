using System.Text.Json;
using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Accounts.Numbers.Plans;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Products.Verify.Sending;
using TwilioEmu.Products.Verify.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Products.Verify.Verifications;

/// <summary>What a start asks for, held against the service's settings.</summary>
/// <remarks>Loop-confined. twilio.com/docs/verify/api/verification: every parameter, and the code of each fault.</remarks>
internal sealed class VerificationForm(VerifyShelf shelf)
{
    private const int MinCode = 4;
    private const int MaxCode = 10;

    // The hash of an Android app (developers.google.com/identity/sms-retriever/verify): 11 characters.
    private const int AppHashLength = 11;
    private const int MaxSendDigits = 32;
    private const int MaxTags = 10;
    private const int MaxTag = 128;

    // "More than the maximum number of entries", which is not published (inferred).
    private const int MaxTemplates = 10;

    // twilio.com/docs/api/errors/60217; the words as an account met them (wittyreference/twilio-claude-plugin, skills/verify, 2026).
    private static readonly TwilioError NoMailer = ErrorCodes.Error(60217, "A Mailer must be associated with the service") with
    {
        Cure = "set Email.From, Email.FromName and Email.ContentTemplateId on the service: live it has its mailer so, or from the console",
    };

    private static readonly string[] Channels = ["sms", "call", "email", "whatsapp", "sna", "auto", "rcs"];

    /// <summary>The message to be sent, its code still empty; or the refusal.</summary>
    public (CodeOnItsWay? Asked, TwilioError? Fault) Read(RestRequest request, ServiceSettings service)
    {
        var form = request.Form;
        // 1. Where to, and how.
        var channel = form["Channel"]!;
        if (!Channels.Contains(channel)) return Wrong(Faults.Parameter("Channel"));
        if (Address(form["To"]!, channel == "email") is not { } to) return Wrong(Faults.Parameter("To", form["To"]));
        var mailer = channel == "email" ? shelf.MailerOf(request.Account, service.Sid) : null;
        if (channel == "email" && mailer is null) return Wrong(NoMailer);
        if (Unbuilt(request, channel) is { } unbuilt) return Wrong(unbuilt);
        var asked = channel;
        if (channel is "auto" or "rcs")
        {
            shelf.World.Journal.Warn(request.Account, request.Path, request.Cause, $"Channel={channel}: codes go by SMS here, none by RCS");
        }
        // To India WhatsApp's codes go by SMS (twilio.com/docs/verify/verification-templates);
        // of auto and RCS there is the SMS behind them.
        if (channel is "auto" or "rcs" || (channel == "whatsapp" && to.StartsWith("+91", StringComparison.Ordinal))) channel = "sms";

        // 2. Payments.
        var (amount, payee) = (form["Amount"], form["Payee"]);
        if (service.IsPsd2)
        {
            if (asked == "call") return Wrong(ErrorCodes.Error(60214));
            if (string.IsNullOrEmpty(amount) || string.IsNullOrEmpty(payee)) return Wrong(ErrorCodes.Error(60206));
        }

        // 3. The words.
        if (form["CustomFriendlyName"] is { } own && !ServiceRules.IsName(own)) return Wrong(Faults.Parameter("CustomFriendlyName", own));
        if (form["CustomMessage"] is { Length: > 0 }) return Wrong(ErrorCodes.Error(60243));
        if (form["Locale"] is { Length: > 0 } locale && !Languages.IsKnown(locale)) return Wrong(Faults.Parameter("Locale", locale));
        if (form["AppHash"] is { Length: > 0 } hash)
        {
            if (channel != "sms") return Wrong(ErrorCodes.Error(60602));
            if (hash.Length != AppHashLength) return Wrong(Faults.Parameter("AppHash", hash));
        }
        if (form["SendDigits"] is { } digits
            && (digits.Length > MaxSendDigits || !digits.All(c => char.IsAsciiDigit(c) || c is '*' or '#' or 'w' or 'W')))
        {
            return Wrong(Faults.Parameter("SendDigits", digits));
        }
        if (!IsObject(form["Tags"], MaxTags, MaxTag)) return Wrong(Faults.Parameter("Tags", form["Tags"]));
        if (form["DeviceIp"] is { Length: > 0 } ip && !System.Net.IPAddress.TryParse(ip, out _))
        {
            return Wrong(Faults.Parameter("DeviceIp", ip));
        }
        var custom = form["CustomCode"] is { Length: > 0 } code ? code : null;
        // twilio.com/docs/api/errors/60204; the words as an account met them (github.com/twilio/twilio-go/issues/210).
        if (custom is not null && !service.TakesCustomCodes) return Wrong(ErrorCodes.Error(60204, "Custom code not allowed"));
        if (custom is not null && (custom.Length is < MinCode or > MaxCode || !custom.All(char.IsAsciiLetterOrDigit)))
        {
            return Wrong(Faults.Parameter("CustomCode", custom));
        }

        var language = form["Locale"] is { Length: > 0 } given ? given : channel == "email" ? Languages.Usual : Languages.Of(to);
        var (template, values, bad) = TemplateOf(request, service, channel, language);
        if (bad is not null) return Wrong(bad);
        if (!TryEmail(form["ChannelConfiguration"], mailer, out var email))
        {
            return Wrong(Faults.Parameter("ChannelConfiguration", form["ChannelConfiguration"]));
        }
        return (new CodeOnItsWay
        {
            Code = custom ?? "",
            Service = form["CustomFriendlyName"] ?? service.FriendlyName,
            Locale = language,
            To = to,
            Channel = channel,
            Amount = service.IsPsd2 ? amount : null,
            Payee = service.IsPsd2 ? payee : null,
            AppHash = form["AppHash"] is { Length: > 0 } app ? app : null,
            SendDigits = form["SendDigits"] ?? "",
            WarnsOfSharing = service.WarnsOfSharing,
            AsksForKey = service.AsksForKey,
            Template = template,
            Substitutions = values,
            WhatsAppFrom = service.WhatsAppFrom,
            Email = email!,
        }, null);
    }

    private static (CodeOnItsWay? Asked, TwilioError? Fault) Wrong(TwilioError fault) => (null, fault);

    /// <summary>Silent network authentication needs a mobile network that knows its SIM cards; there is none.</summary>
    private TwilioError? Unbuilt(RestRequest request, string channel)
    {
        if (channel == "auto")
        {
            shelf.World.Journal.Write(
                request.Account, WorldEntries.NotEmulated, request.Path, request.Cause,
                ("what", "silent network authentication: channel auto falls back to SMS at once"));
        }
        if (channel != "sna") return null;
        shelf.World.Journal.Write(
            request.Account, WorldEntries.NotEmulated, request.Path, request.Cause,
            ("what", "silent network authentication: answered as to an account that has it not"));
        return ErrorCodes.Error(60001);
    }

    private static string? Address(string text, bool isEmail) =>
        isEmail ? EmailAddress.Read(text)
        : E164.TryNormalize(text, out var e164) && NumberPlans.Parse(e164, null).IsPossible ? e164
        : null;

    /// <summary>The request's own template goes before the service's (twilio.com/docs/verify/verification-templates).</summary>
    private (Document? Template, IReadOnlyDictionary<string, string> Values, TwilioError? Fault) TemplateOf(
        RestRequest request, ServiceSettings service, string channel, string locale)
    {
        IReadOnlyDictionary<string, string> values = new Dictionary<string, string>();
        if (request.Form["TemplateCustomSubstitutions"] is { Length: > 0 } text)
        {
            if (Members(text) is not { } given) return (null, values, Faults.Parameter("TemplateCustomSubstitutions", text));
            values = given;
        }
        var asked = request.Form["TemplateSid"] is { Length: > 0 } own ? own : null;
        if (request.Form["Templates"] is { Length: > 0 } several) return FirstOf(request, several, channel, locale);
        return (asked ?? service.DefaultTemplate) is { } sid ? Fitting(request, sid, values, channel, locale) : (null, values, null);
    }

    /// <summary>Candidates, of which the first that can be filled in is sent (twilio.com/docs/api/errors/60251, 60252).</summary>
    private (Document? Template, IReadOnlyDictionary<string, string> Values, TwilioError? Fault) FirstOf(
        RestRequest request, string text, string channel, string locale)
    {
        IReadOnlyDictionary<string, string> none = new Dictionary<string, string>();
        if (Candidates(text) is not { } candidates) return (null, none, ErrorCodes.Error(60251));
        foreach (var (sid, values) in candidates)
        {
            if (Fitting(request, sid, values, channel, locale) is { Template: not null } found) return found;
        }
        return (null, none, ErrorCodes.Error(60252));
    }

    /// <summary><c>[{"sid":"HJ...","substitutions":{...}}]</c>; null for anything else.</summary>
    private static List<(string Sid, IReadOnlyDictionary<string, string> Values)>? Candidates(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Array || json.RootElement.GetArrayLength() is 0 or > MaxTemplates) return null;
            var candidates = new List<(string Sid, IReadOnlyDictionary<string, string> Values)>();
            foreach (var item in json.RootElement.EnumerateArray())
            {
                if (JsonText.Member(item, "sid") is not { } sid || !SidMint.IsSid(sid, "HJ")) return null;
                var values = item.TryGetProperty("substitutions", out var given)
                    ? Members(given.GetRawText())
                    : new Dictionary<string, string>();
                if (values is null) return null;
                candidates.Add((sid, values));
            }
            return candidates;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private (Document? Template, IReadOnlyDictionary<string, string> Values, TwilioError? Fault) Fitting(
        RestRequest request, string sid, IReadOnlyDictionary<string, string> values, string channel, string locale)
    {
        if (shelf.FindTemplate(request.Account, sid) is not { } template) return (null, values, ErrorCodes.Error(60228));
        // What a template does not serve goes out in the default words.
        if (!CodeWords.Serves(template, channel))
        {
            Notice(request, 60327, $"The channel {channel} is not supported by the template {sid}: the code goes out in the default words");
            return (null, values, null);
        }
        if (CodeWords.TextOf(template, locale) is null) return (null, values, ErrorCodes.Error(60229));
        if (!CodeWords.IsApproved(template, locale)) return (null, values, ErrorCodes.Error(60201));
        if (!CodeWords.Speaks(template, locale))
        {
            Notice(request, 60325, $"Translation for {locale} not found in the template {sid}, using default");
        }
        return CodeWords.Missing(template, locale, values) is { Count: > 0 } missing
            ? (null, values, ErrorCodes.Error(60224, $"Missing substitutions for selected template: {string.Join(", ", missing)}"))
            : (template, values, null);
    }

    private void Notice(RestRequest request, int code, string words) =>
        new Alert { Code = code, Level = AlertLevel.Warning, Message = words }.Raise(
            shelf.World.Journal, request.Account, request.Path, request.Cause);

    /// <summary>The service's mailer, with what this message says instead (twilio.com/docs/verify/email).</summary>
    private static bool TryEmail(string? text, Mailer? mailer, out EmailSettings? email)
    {
        email = new EmailSettings(mailer?.TemplateId, mailer?.From, mailer?.FromName);
        if (string.IsNullOrEmpty(text)) return true;
        if (Members(text) is not { } members) return false;
        email = new EmailSettings(
            members.GetValueOrDefault("template_id") ?? email.TemplateId, members.GetValueOrDefault("from") ?? email.From,
            members.GetValueOrDefault("from_name") ?? email.FromName);
        return email.From is null || EmailAddress.Read(email.From) is not null;
    }

    private static bool IsObject(string? text, int maxCount, int maxLength) =>
        string.IsNullOrEmpty(text)
            || (Members(text) is { } members && members.Count <= maxCount
                && members.All(m => m.Key.Length <= maxLength && m.Value.Length <= maxLength));

    /// <summary>A JSON object's members as text; null for what is none.</summary>
    private static Dictionary<string, string>? Members(string text)
    {
        try
        {
            using var json = JsonText.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? null
                : json.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception bad) when (bad is JsonException or ArgumentException)
        {
            return null;
        }
    }
}
