using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary><c>POST /Messages/{Sid}/Feedback.json</c>: the sender says whether the message did its work.</summary>
internal sealed class FeedbackOperations(World world)
{
    public Answer Create(RestRequest request)
    {
        var message = world.Store.Table(Message.Table, request.Account).Find(request.PathValues["MessageSid"]);
        if (message is null) return Answer.NotFound(request);
        var outcome = request.Form["Outcome"] ?? "unconfirmed";
        if (outcome is not ("confirmed" or "unconfirmed"))
        {
            return Answer.Refuse(20001, $"Outcome is confirmed or unconfirmed, not {outcome}");
        }
        if (!message.Extras.IsFeedbackProvided) return Answer.Refuse(20001, "The message was not created with ProvideFeedback=true");
        var entry = world.Journal.Write(request.Account, MessageEntries.Feedback, message.Sid, request.Cause, ("outcome", outcome));
        return Answer.Of(new FeedbackFace(message, outcome, entry.At));
    }

    private sealed class FeedbackFace(Message message, string outcome, DateTimeOffset at) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "account_sid": to.Write(message.Account.Value); break;
                case "message_sid": to.Write(message.Sid); break;
                case "outcome": to.Write(outcome); break;
                case "date_created" or "date_updated": to.Write(at); break;
                case "uri": to.Write($"/2010-04-01/Accounts/{message.Account.Value}/Messages/{message.Sid}/Feedback.json"); break;
            }
        }
    }
}
