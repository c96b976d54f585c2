using System.Text.Json;

namespace TwilioEmu.Scenarios.Config;

/// <summary>A WhatsApp or RCS sender that is there from the start, and online.</summary>
/// <param name="Sender"><c>whatsapp:+14155238886</c>, <c>rcs:acme_agent</c>.</param>
public sealed record ChannelSenderConfig(string Sender)
{
    /// <summary>XE and 32 hex digits; null mints one.</summary>
    public string? Sid { get; init; }

    /// <summary>SID or friendly name of the owner; null for the first account.</summary>
    public string? Account { get; init; }

    /// <summary>As people see it.</summary>
    public string? Name { get; init; }

    /// <summary>Makes it a sandbox: only phones that text <c>join CODE</c> are written to.</summary>
    public string? Join { get; init; }

    public string? CallbackUrl { get; init; }

    public string? FallbackUrl { get; init; }

    public string? StatusCallbackUrl { get; init; }
}

/// <summary>A content template that is there from the start.</summary>
/// <param name="FriendlyName">Its name.</param>
/// <param name="Types">As the Content API takes it.</param>
public sealed record TemplateConfig(string FriendlyName, JsonElement Types)
{
    /// <summary>HX and 32 hex digits; null mints one.</summary>
    public string? Sid { get; init; }

    /// <summary>SID or friendly name of the owner; null for the first account.</summary>
    public string? Account { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>Values of its variables where a message gives none.</summary>
    public JsonElement Variables { get; init; }

    /// <summary>WhatsApp's word on it; null for none.</summary>
    public string? Approval { get; init; }
}
