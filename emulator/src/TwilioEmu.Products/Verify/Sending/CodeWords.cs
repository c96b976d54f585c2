using System.Text.Json;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Sending;

/// <summary>What is written and said of a code. Pure.</summary>
/// <remarks>twilio.com/docs/verify/verification-templates; the words of payments, calls and WhatsApp are inferred.</remarks>
internal static class CodeWords
{
    public const string SharingWarning = "Don’t share this code with anyone; our employees will never ask for the code";

    /// <summary>The text of an SMS.</summary>
    public static string Text(CodeOnItsWay code)
    {
        var sentence = code.Template is { } template ? Fill(template, code) ?? Sentence(code) : Sentence(code);
        if (code.WarnsOfSharing) sentence = $"{sentence}. {SharingWarning}";
        return code.AppHash is { } hash ? $"<#> {sentence} {hash}" : sentence;
    }

    /// <summary>The text of a WhatsApp authentication template.</summary>
    public static string WhatsApp(CodeOnItsWay code) => $"{code.Code} is your verification code.";

    /// <summary>What a call asks before it says the code.</summary>
    public static string Question(CodeOnItsWay code) => $"Hello. To get your {code.Service} verification code, press any key.";

    /// <summary>What a call says, digit by digit.</summary>
    public static string Spoken(CodeOnItsWay code) =>
        Languages.Sentence(
            Languages.IsSpoken(code.Locale) ? code.Locale : Languages.Usual, code.Service,
            string.Join(", ", code.Code.Select(c => c.ToString()))) + ".";

    /// <summary>The variables that the app did not give a value, beside those Verify fills in.</summary>
    public static IReadOnlyList<string> Missing(Document template, string locale, IReadOnlyDictionary<string, string> substitutions) =>
        [
            .. VariablesOf(TextOf(template, locale) ?? "")
                .Where(v => v is not ("friendly_name" or "code" or "ttl") && !substitutions.ContainsKey(v)),
        ];

    /// <summary>The template's text in a language, or in its default one; null where it has none.</summary>
    public static string? TextOf(Document template, string locale) => Translated(template, locale).Text;

    /// <summary>False where that text was not approved (60201).</summary>
    public static bool IsApproved(Document template, string locale) => Translated(template, locale).Status is null or "approved";

    private static (string? Text, string? Status) Translated(Document template, string locale)
    {
        using var json = JsonText.Parse(template["translations"] ?? "{}");
        JsonElement? best = null;
        foreach (var translation in json.RootElement.EnumerateObject())
        {
            if (translation.Name.Equals(locale, StringComparison.OrdinalIgnoreCase))
            {
                best = translation.Value;
                break;
            }
            if (translation.Value.TryGetProperty("is_default_translation", out var isDefault) && isDefault.ValueKind == JsonValueKind.True)
            {
                best = translation.Value;
            }
        }
        return best is { } found ? (JsonText.Member(found, "text"), JsonText.Member(found, "status")) : default;
    }

    /// <summary>True when the template has a translation of its own for a language.</summary>
    public static bool Speaks(Document template, string locale)
    {
        using var json = JsonText.Parse(template["translations"] ?? "{}");
        return json.RootElement.EnumerateObject().Any(t => t.Name.Equals(locale, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>True when the template may be used on a channel: <c>sms</c>, <c>call</c>.</summary>
    public static bool Serves(Document template, string channel)
    {
        using var json = JsonText.Parse(template["channels"] ?? "[]");
        var word = channel == "call" ? "voice" : channel;
        return json.RootElement.EnumerateArray().Any(c => string.Equals(c.GetString(), word, StringComparison.OrdinalIgnoreCase));
    }

    private static string Sentence(CodeOnItsWay code) => code.Amount is { } amount
        ? $"Your {code.Service} verification code is {code.Code} to authorize {amount} to {code.Payee}"
        : Languages.Sentence(code.Locale, code.Service, code.Code);

    private static string? Fill(Document template, CodeOnItsWay code)
    {
        if (TextOf(template, code.Locale) is not { } text) return null;
        foreach (var (name, value) in code.Substitutions) text = text.Replace($"{{{{{name}}}}}", value, StringComparison.Ordinal);
        return text.Replace("{{friendly_name}}", code.Service, StringComparison.Ordinal)
            .Replace("{{code}}", code.Code, StringComparison.Ordinal)
            .Replace(
                "{{ttl}}",
                ((int)Verifications.VerificationBook.TimeToLive.TotalMinutes).ToString(System.Globalization.CultureInfo.InvariantCulture),
                StringComparison.Ordinal);
    }

    private static IEnumerable<string> VariablesOf(string text)
    {
        for (var at = text.IndexOf("{{", StringComparison.Ordinal); at >= 0; at = text.IndexOf("{{", at + 2, StringComparison.Ordinal))
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0) yield break;
            yield return text[(at + 2)..end].Trim();
        }
    }
}
