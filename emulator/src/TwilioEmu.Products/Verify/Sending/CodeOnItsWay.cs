using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Verify.Sending;

/// <summary>A code and all that shapes the words around it.</summary>
internal sealed record CodeOnItsWay
{
    public required string Code { get; init; }

    /// <summary>The name in the message: the service's, or this message's own.</summary>
    public required string Service { get; init; }

    public required string Locale { get; init; }

    public required string To { get; init; }

    /// <summary><c>sms</c>, <c>call</c>, <c>whatsapp</c> or <c>email</c>.</summary>
    public required string Channel { get; init; }

    public string? Amount { get; init; }

    public string? Payee { get; init; }

    /// <summary>The 11 characters by which an Android app finds its text.</summary>
    public string? AppHash { get; init; }

    public string SendDigits { get; init; } = "";

    public bool WarnsOfSharing { get; init; }

    public bool AsksForKey { get; init; }

    public Document? Template { get; init; }

    public IReadOnlyDictionary<string, string> Substitutions { get; init; } = new Dictionary<string, string>();

    /// <summary>Who texts; null for Verify's own sender.</summary>
    public string? WhatsAppFrom { get; init; }

    public EmailSettings Email { get; init; } = new(null, null, null);
}

/// <summary>How the e-mail channel's mail is made (twilio.com/docs/verify/email).</summary>
internal sealed record EmailSettings(string? TemplateId, string? From, string? FromName);
