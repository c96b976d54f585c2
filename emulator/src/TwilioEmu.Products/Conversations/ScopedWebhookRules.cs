using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.Conversations;

/// <summary>What a webhook of one conversation, or of all, may be. Pure.</summary>
/// <remarks>Error dictionary 50077, 50078, 50361 to 50372; the events: twilio.com/docs/conversations/conversations-webhooks.</remarks>
internal static class ScopedWebhookRules
{
    /// <summary>Webhooks of one conversation.</summary>
    public const int MaxWebhooks = 5;

    private const int MaxTriggers = 5;
    private const int MaxTrigger = 248;
    private const int MaxUrl = 512;

    private static readonly HashSet<string> Events = new(StringComparer.Ordinal)
    {
        "onConversationAdd", "onConversationAdded", "onConversationUpdate", "onConversationUpdated", "onConversationRemove",
            "onConversationRemoved", "onConversationStateUpdated",
        "onParticipantAdd", "onParticipantAdded", "onParticipantUpdate", "onParticipantUpdated", "onParticipantRemove",
            "onParticipantRemoved",
        "onMessageAdd", "onMessageAdded", "onMessageUpdate", "onMessageUpdated", "onMessageRemove", "onMessageRemoved",
        "onDeliveryUpdated", "onUserAdded", "onUserUpdate", "onUserUpdated", "onUserTyping",
    };

    /// <summary>What is wrong with one to be, or with changes of one; null for nothing.</summary>
    /// <param name="form">What is asked for.</param>
    /// <param name="target"><c>webhook</c>, <c>trigger</c> or <c>studio</c>.</param>
    /// <param name="isNew">False where what is not named stays.</param>
    public static TwilioError? Fault(FormValues form, string? target, bool isNew)
    {
        var (url, filters, triggers) = (form["Configuration.Url"], form.All("Configuration.Filters"), form.All("Configuration.Triggers"));
        if (target is "webhook" or "trigger" && url is { Length: 0 }) return ErrorCodes.Error(50369);
        if (url is { Length: > MaxUrl }) return ErrorCodes.Error(50372);
        if (target == "studio" && isNew && string.IsNullOrEmpty(form["Configuration.FlowSid"]))
        {
            return ErrorCodes.Error(50367, "Configuration.FlowSid is missing");
        }
        if (triggers.Count > MaxTriggers) return ErrorCodes.Error(50362);
        if (triggers.FirstOrDefault(t => t.Length is 0 or > MaxTrigger) is { } trigger)
        {
            return ErrorCodes.Error(50366, $"{ErrorCodes.Error(50366).Message}: '{trigger}' has {trigger.Length} characters");
        }
        return FaultOf(filters);
    }

    /// <summary>What is wrong with the webhooks of an account or service, or null.</summary>
    public static TwilioError? FaultOfSettings(FormValues form)
    {
        if (form["PreWebhookUrl"] is { Length: > 0 } pre && !IsUrl(pre))
        {
            return ErrorCodes.Error(50077, $"{ErrorCodes.Error(50077).Message}: {pre}");
        }
        if (form["PostWebhookUrl"] is { Length: > 0 } post && !IsUrl(post))
        {
            return ErrorCodes.Error(50078, $"{ErrorCodes.Error(50078).Message}: {post}");
        }
        return form["Method"] is { Length: > 0 } method && method.ToUpperInvariant() is not ("GET" or "POST") ? ErrorCodes.Error(50055)
            : FaultOf(form.All("Filters"));
    }

    private static TwilioError? FaultOf(IReadOnlyList<string> filters) =>
        filters.FirstOrDefault(f => f.Length > 0 && !Events.Contains(f)) is { } unknown
            ? ErrorCodes.Error(50365, $"{ErrorCodes.Error(50365).Message}: {unknown}")
            : null;

    private static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        && url.Host.Length > 0;
}
