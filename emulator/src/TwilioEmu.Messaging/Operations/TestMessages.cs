using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary><c>POST /Messages</c> with test credentials: checked as any, answered as any, and then forgotten.</summary>
internal sealed class TestMessages(World world)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form, request.Account);
        if (error is not null) return new Answer.Refusal(error);
        // A test account has no templates, and its messages no state to keep one in.
        if (form!.Content is { } content) return new Answer.Refusal(TemplateBook.InvalidSid(content.Sid));
        if (form.ServiceSid is { } service) return Answer.Refuse(21701, $"The Messaging Service does not exist: {service}");
        if (MagicNumbers.OfMessage(form!.From, form.To) is { } fault) return new Answer.Refusal(fault);
        return Answer.Of(form.ToMessage(world, request.Account, MessageStatus.Queued, new MessagePlan { From = form.From }));
    }
}
