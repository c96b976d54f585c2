using System.Text.Json;
using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Text;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Channels;

/// <summary>A WhatsApp, RCS or Messenger sender of an account: its stored resource, typed.</summary>
/// <remarks>
/// twilio.com/docs/whatsapp/api/senders; throughput by help.twilio.com, Understanding Twilio Rate Limits and Message Queues.
/// </remarks>
/// <param name="Account">Whose.</param>
/// <param name="Sid"><c>XE</c> and 32 hex digits.</param>
/// <param name="Address"><c>whatsapp:+14155238886</c>, <c>rcs:acme_agent</c>.</param>
/// <param name="IsOnline">False while it is registered or verified, or was switched off.</param>
public sealed record ChannelSender(AccountSid Account, string Sid, string Address, bool IsOnline)
{
    // Messages per second.
    private const double WhatsAppRate = 80;
    private const double RcsRate = 100;

    // Of Messenger none is told: as WhatsApp (inferred).
    private const double MessengerRate = WhatsAppRate;

    /// <summary>One message every three seconds (twilio.com/docs/whatsapp/sandbox).</summary>
    private const double SandboxRate = 1.0 / 3;

    public string Channel => ChannelAddress.ChannelOf(Address)!;

    /// <summary>What a phone has to text before it is written to; null for a sender that is no sandbox.</summary>
    public string? JoinCode { get; init; }

    /// <summary>The app that is told of what comes in; empty for nobody.</summary>
    public string CallbackUrl { get; init; } = "";

    public string CallbackMethod { get; init; } = "POST";

    public string FallbackUrl { get; init; } = "";

    public string FallbackMethod { get; init; } = "POST";

    /// <summary>Told of the ways of messages that name no callback of their own; null for nobody.</summary>
    public string? StatusCallback { get; init; }

    /// <summary>Messages per second; each counts as one, however long.</summary>
    public double MessagesPerSecond => JoinCode is not null ? SandboxRate : Channel switch
    {
        ChannelAddress.Rcs => RcsRate,
        ChannelAddress.Messenger => MessengerRate,
        _ => WhatsAppRate,
    };

    /// <summary>The sender of a stored resource; null where it has no address.</summary>
    internal static ChannelSender? Of(AccountSid account, Document stored)
    {
        if (stored["sender_id"] is not { Length: > 0 } address || ChannelAddress.ChannelOf(address) is null) return null;
        using var webhook = JsonText.Parse(stored["webhook"] is { Length: > 0 } text ? text : "{}");
        var root = webhook.RootElement;
        return new ChannelSender(account, stored.Key, address, stored["status"] is "ONLINE" or "ONLINE:UPDATING")
        {
            CallbackUrl = Text(root, "callback_url"),
            CallbackMethod = Method(root, "callback_method"),
            FallbackUrl = Text(root, "fallback_url"),
            FallbackMethod = Method(root, "fallback_method"),
            StatusCallback = Text(root, "status_callback_url") is { Length: > 0 } url ? url : null,
        };
    }

    private static string Text(JsonElement webhook, string name) => JsonText.Member(webhook, name) ?? "";

    private static string Method(JsonElement webhook, string name) =>
        Text(webhook, name) is ("PUT" or "GET") and var method ? method : "POST";
}
