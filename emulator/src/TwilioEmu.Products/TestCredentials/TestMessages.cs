using TwilioEmu.Kernel;
using TwilioEmu.Products.Messaging.Desk;
using TwilioEmu.Products.Messaging.Lifecycle;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Products.TestCredentials;

/// <summary><c>POST /Messages</c> with test credentials: checked as any, answered as any, and then forgotten.</summary>
internal sealed class TestMessages(World world)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form);
        if (error is not null) return new Answer.Refusal(error);
        if (MagicNumbers.OfMessage(form!.From, form.To) is { } fault) return new Answer.Refusal(fault);
        var now = world.Clock.GetUtcNow();
        return Answer.Of(new Message
        {
            Sid = world.Sids.New(form.Options.MediaUrls.Count == 0 ? "SM" : "MM"),
            Account = request.Account,
            From = form.From,
            To = form.To,
            Body = form.Body,
            Direction = MessageDirection.OutboundApi,
            Status = MessageStatus.Queued,
            SegmentCount = form.SegmentCount,
            Created = now,
            Updated = now,
            Extras = form.Options.ToExtras(null, () => world.Sids.New("ME")),
        });
    }
}
