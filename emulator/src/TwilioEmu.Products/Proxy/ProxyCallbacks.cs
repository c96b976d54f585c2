using TwilioEmu.Accounts.Attaching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Resources;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Products.Proxy;

/// <summary>What the app is told and asked of masked sessions (twilio.com/docs/proxy/api/webhooks).</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ProxyCallbacks(Floor floor)
{
    private readonly CallbackLanes _lanes = floor.NewLanes();

    /// <summary>Tells of an interaction's new state.</summary>
    public void Tell(SessionKey key, Document service, Document interaction, long cause)
    {
        if (service["callback_url"] is { Length: > 0 } url)
        {
            _lanes.Enqueue(
                interaction.Key,
                RequestOf(
                    key.Account, interaction.Key, url, ParametersOf(interaction, withOutbound: true), WebhookPurpose.ProxyCallback, cause));
        }
    }

    /// <summary>Asks whether an interaction may be passed on: false for 403 alone, whatever else comes.</summary>
    public async Task<(bool MayPass, long Entry)> AskAsync(SessionKey key, Document service, Document interaction, long cause)
    {
        if (service["intercept_callback_url"] is not { Length: > 0 } url) return (true, cause);
        var answer = await floor.Letterbox.SendAsync(
            RequestOf(
                key.Account, interaction.Key, url, ParametersOf(interaction, withOutbound: false), WebhookPurpose.ProxyIntercept, cause),
            floor.World.Ending);
        return (answer.Status != 403, answer.Entry);
    }

    /// <summary>Asks what is to become of a text to a number of the pool that belongs to no open session.</summary>
    public Task<WebhookAnswer> AskOutOfSessionAsync(
        AccountSid account, string subject, string url, IReadOnlyList<KeyValuePair<string, string>> parameters, long cause) =>
        floor.Letterbox.SendAsync(
            RequestOf(account, subject, url, parameters, WebhookPurpose.ProxyOutOfSession, cause), floor.World.Ending);

    public void Alert(AccountSid account, string subject, int code, string message, long cause) =>
        new Alert { Code = code, Level = AlertLevel.Warning, Message = message }.Raise(floor.World.Journal, account, subject, cause);

    /// <summary>What is told of a former session to one who comes too late.</summary>
    public static List<KeyValuePair<string, string>> OfSession(Document session, Document? inbound) =>
    [
        new("sessionSid", session.Key), new("sessionUniqueName", session["unique_name"] ?? ""),
        new("sessionStatus", session["status"] ?? ""), new("sessionMode", session["mode"] ?? ""),
        new("sessionDateStarted", session["date_started"] ?? ""), new("sessionDateEnded", session["date_ended"] ?? ""),
        new("sessionDateExpiry", session["date_expiry"] ?? ""),
        new("sessionDateLastInteraction", session["date_last_interaction"] ?? ""),
        new("sessionClosedReason", session["closed_reason"] ?? ""), new("sessionTtl", session["ttl"] ?? "0"),
        new("inboundParticipantSid", inbound?.Key ?? ""), new("inboundParticipantIdentifier", inbound?["identifier"] ?? ""),
        new("inboundParticipantFriendlyName", inbound?["friendly_name"] ?? ""),
        new("inboundParticipantProxyIdentifier", inbound?["proxy_identifier"] ?? ""),
        new("inboundParticipantProxyIdentifierSid", inbound?["proxy_identifier_sid"] ?? ""),
    ];

    private WebhookRequest RequestOf(
        AccountSid account, string subject, string url, IReadOnlyList<KeyValuePair<string, string>> parameters, WebhookPurpose purpose,
        long cause) =>
        new()
        {
            Account = account,
            Url = url,
            Method = "POST",
            Parameters = parameters,
            Subject = subject,
            Purpose = purpose,
            Cause = cause,
        };

    private static List<KeyValuePair<string, string>> ParametersOf(Document interaction, bool withOutbound)
    {
        List<KeyValuePair<string, string>> parameters =
        [
            new("interactionSid", interaction.Key), new("interactionSessionSid", interaction["session_sid"] ?? ""),
            new("interactionServiceSid", interaction["service_sid"] ?? ""),
            new("interactionAccountSid", interaction["account_sid"] ?? ""), new("interactionType", Capital(interaction["type"])),
            new("interactionData", interaction["data"] ?? ""),
            new("interactionDateCreated", interaction["date_created"] ?? ""),
            new("interactionDateUpdated", interaction["date_updated"] ?? ""),
        ];
        foreach (var side in withOutbound ? (string[])["inbound", "outbound"] : ["inbound"])
        {
            foreach (var (name, property) in (ReadOnlySpan<(string, string)>)[
                ("ParticipantSid", "participant_sid"), ("ResourceSid", "resource_sid"), ("ResourceStatus", "resource_status"),
                ("ResourceType", "resource_type"), ("ResourceUrl", "resource_url")])
            {
                // Of a leg that is not there yet only who it will be.
                if (property != "participant_sid" && interaction[$"{side}_resource_sid"] is not { Length: > 0 }) continue;
                if (interaction[$"{side}_{property}"] is { Length: > 0 } value) parameters.Add(new(side + name, value));
            }
        }
        return parameters;
    }

    private static string Capital(string? word) => string.IsNullOrEmpty(word) ? "" : char.ToUpperInvariant(word[0]) + word[1..];
}
