using System.Globalization;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Services;

/// <summary>A Messaging Service as sending and receiving read it: its stored resource, typed.</summary>
/// <remarks>twilio.com/docs/messaging/api/service-resource.</remarks>
internal sealed record MessagingService(AccountSid Account, Document Stored)
{
    public string Sid => Stored.Key;

    /// <summary>Where texts to its senders are told; null for nowhere.</summary>
    public string? InboundRequestUrl => Text("inbound_request_url");

    public string InboundMethod => Method("inbound_method");

    public string? FallbackUrl => Text("fallback_url");

    public string FallbackMethod => Method("fallback_method");

    /// <summary>Told of the changes of messages that name no callback of their own; null for nowhere.</summary>
    public string? StatusCallback => Text("status_callback");

    /// <summary>True leaves inbound texts to the number's own URLs.</summary>
    public bool DefersToNumber => Is("use_inbound_webhook_on_number");

    public bool IsSticky => Is("sticky_sender");

    public bool MatchesAreaCode => Is("area_code_geomatch");

    public bool IsSmartEncoded => Is("smart_encoding");

    /// <summary>Media to where none can go become a link in the text.</summary>
    public bool ConvertsMedia => Is("mms_converter");

    /// <summary>The longest stay in a queue of messages that say nothing of it.</summary>
    public TimeSpan Validity =>
        int.TryParse(Text("validity_period"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= 36_000
            ? TimeSpan.FromSeconds(seconds)
            : MessageExtras.MaxValidity;

    private string? Text(string property) => Stored[property] is { Length: > 0 } text ? text : null;

    // One that is neither GET nor POST is told when there is something to ask (11322).
    private string Method(string property) => Text(property)?.ToUpperInvariant() ?? "POST";

    private bool Is(string property) => string.Equals(Stored[property], "true", StringComparison.OrdinalIgnoreCase);
}
