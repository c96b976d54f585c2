using TwilioEmu.Kernel.Text;

namespace TwilioEmu.Messaging.Content;

/// <summary>What WhatsApp rejects a template for. Pure.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/tutorial/message-template-approvals-statuses: a
/// variable at either end, two side by side, a variable without a sample.
/// </remarks>
internal static class TemplateReview
{
    /// <summary>Meta's reason, or null.</summary>
    public static string? ReasonAgainst(ContentTemplate template, string? type)
    {
        if (type is null or "whatsapp/authentication") return null;
        if (!template.Types.TryGetProperty(type, out var content)) return null;
        if (Placeholders.NamesIn(content) is not { } names || names.Any(n => JsonText.Member(template.Defaults, n) is not { Length: > 0 }))
        {
            return "INVALID_FORMAT";
        }
        var body = (JsonText.Member(content, "body") ?? "").Trim();
        return body.StartsWith("{{", StringComparison.Ordinal) || body.EndsWith("}}", StringComparison.Ordinal)
            || body.Contains("}}{{", StringComparison.Ordinal) || body.Contains("}} {{", StringComparison.Ordinal)
            ? "INVALID_FORMAT"
            : null;
    }
}
