using System.Globalization;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Conversations;

/// <summary>Webhooks of one conversation: what was said before they came is told again where they ask for it; flows of Studio are not run.</summary>
/// <remarks>Loop-confined. twilio.com/docs/conversations/api/conversation-scoped-webhook-resource, Configuration.ReplayAfter: the index of the first message that is sent again.</remarks>
internal sealed class ScopedWebhookOperations(World world, ConversationBook book, ConversationPhones phones)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays => [("CreateServiceConversationScopedWebhook", Create)];

    /// <summary>Addresses that open conversations, of the account's configuration.</summary>
    public IEnumerable<(string OperationId, Overlay Overlay)> Addresses => [("CreateConfigurationAddress", Open), ("UpdateConfigurationAddress", Open)];

    private Answer Create(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is not Answer.Resource { Kept: Document webhook } || book.Find(request, "ConversationSid") is not ({ } key, _)) return answer;
        if (request.Form["Target"] == "studio") WarnOfStudio(request);
        if (!int.TryParse(request.Form["Configuration.ReplayAfter"], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return answer;
        foreach (var message in book.Messages(key).OldestFirst().ToList())
        {
            if (int.TryParse(message["index"], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index >= first) phones.TellAgain(key, webhook, message, request.Cause);
        }
        return answer;
    }

    private Answer Open(RestRequest request, Behaviour stored)
    {
        var answer = stored(request);
        if (answer is Answer.Resource && request.Form["AutoCreation.Type"] == "studio") WarnOfStudio(request);
        return answer;
    }

    private void WarnOfStudio(RestRequest request) => world.Journal.Warn(request.Account, request.Path, request.Cause, "Studio's flows are not run: nothing is told to the flow");
}
