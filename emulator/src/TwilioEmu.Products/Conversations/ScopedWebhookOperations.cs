using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>
/// Webhooks of one conversation: what was said before they came is told again where they ask for it; flows of Studio are not run.
/// </summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/conversations/api/conversation-scoped-webhook-resource,
/// Configuration.ReplayAfter: the index of the first message that is sent again.
/// </remarks>
internal sealed class ScopedWebhookOperations(World world, ConversationBook book, ConversationTexts texts, AddressRules addresses)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("CreateServiceConversationScopedWebhook", Create),
        ("UpdateServiceConversationScopedWebhook", Update)];

    /// <summary>The webhooks of an account, and of a service.</summary>
    public static IEnumerable<(string OperationId, Overlay Overlay)> Settings => [("UpdateConfigurationWebhook", Set),
        ("UpdateServiceWebhookConfiguration", Set)];

    /// <summary>Addresses that open conversations, of the account's configuration.</summary>
    public IEnumerable<(string OperationId, Overlay Overlay)> Addresses =>
        [("CreateConfigurationAddress", Open), ("UpdateConfigurationAddress", Open)];

    private static Answer Set(RestRequest request, Behaviour stored) => ScopedWebhookRules.FaultOfSettings(request.Form) is { } fault
        ? new Answer.Refusal(fault) : stored(request);

    private Answer Update(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)
            || book.Webhooks(key).Find(request.PathValues["Sid"]) is not { } webhook) return stored(request);
        return ScopedWebhookRules.Fault(request.Form, webhook["target"], isNew: false) is { } fault ? new Answer.Refusal(fault)
            : stored(request);
    }

    private Answer Create(RestRequest request, Behaviour stored)
    {
        if (book.Find(request, "ConversationSid") is not ({ } key, _)) return stored(request);
        if (ScopedWebhookRules.Fault(request.Form, request.Form["Target"], isNew: true) is { } fault) return new Answer.Refusal(fault);
        if (book.Webhooks(key).Count >= ScopedWebhookRules.MaxWebhooks) return new Answer.Refusal(ErrorCodes.Error(50361));
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document webhook }) return answer;
        if (request.Form["Target"] == "studio") WarnOfStudio(request);
        if (!int.TryParse(request.Form["Configuration.ReplayAfter"], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
        {
            return answer;
        }
        foreach (var message in book.Messages(key).OldestFirst().ToList())
        {
            if (int.TryParse(message["index"], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= first)
            {
                texts.TellAgain(key, webhook, message, request.Cause);
            }
        }
        return answer;
    }

    private Answer Open(RestRequest request, Behaviour stored)
    {
        if (addresses.Fault(request) is { } fault) return new Answer.Refusal(fault);
        var answer = stored(request);
        if (answer is Answer.Resource && request.Form["AutoCreation.Type"] == "studio") WarnOfStudio(request);
        return answer;
    }

    private void WarnOfStudio(RestRequest request) =>
        world.Journal.Warn(request.Account, request.Path, request.Cause, "Studio's flows are not run: nothing is told to the flow");
}
