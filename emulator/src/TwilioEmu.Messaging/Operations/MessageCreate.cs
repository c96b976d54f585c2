using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Operations;

/// <summary><c>POST /Messages.json</c>: checks against the world, names the message, queues it. One turn; never waits for anybody.</summary>
internal sealed class MessageCreate(World world, NumberBook numbers, SenderBook senders, MessagingApps apps, StoredDocuments documents, Outbox outbox)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form);
        if (error is not null) return new Answer.Refusal(error);
        if (Lacking(request.Account, form!) is { } lack) return new Answer.Refusal(lack);
        if (FindSender(request.Account, form!, out var refusal) is not { } sender) return new Answer.Refusal(refusal!);
        var app = form!.Options.ApplicationSid;
        if (!string.IsNullOrEmpty(app) && !apps.Has(request.Account, app)) return Answer.Refuse(21218, $"Invalid ApplicationSid: {app}");
        if (!outbox.HasRoom(request.Account, sender.Address, sender.SegmentsPerSecond, form.SegmentCount))
        {
            return Answer.Refuse(21611, $"This 'From' number has exceeded the maximum number of queued messages: {sender.Address}");
        }
        if (form.Options.WithoutEffect.Count > 0)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, "these parameters have no effect here", form.Options.WithoutEffect);
        }
        var message = form.ToMessage(world, request.Account, sender.Address, StatusCallbackFor(request.Account, form.Options));
        outbox.Accept(message, sender.SegmentsPerSecond, request.Cause);
        return Answer.Of(message);
    }

    /// <summary>What is named and not there is the app's fault; what is there and not sent by us is ours.</summary>
    private TwilioError? Lacking(AccountSid account, MessageForm form)
    {
        if (form.ServiceSid is { } service)
        {
            return documents.FindAt(account, "messaging/Services", service) is null
                ? TwilioError.BadRequest(21701, $"The Messaging Service does not exist: {service}")
                : new TwilioError(20001, 501, $"MessagingServiceSid {service}: Messaging Services are kept and do not send in TwilioEmu; give From in its stead");
        }
        if (form.ContentSid is not { } content) return null;
        return documents.FindAt(account, "content/Content", content) is null ? MessageForm.InvalidContent(content) : MessageForm.UnsentContent(content);
    }

    /// <summary>The request's own callback, or else its application's.</summary>
    private string? StatusCallbackFor(AccountSid account, MessageOptions options) =>
        options.StatusCallback ?? (string.IsNullOrEmpty(options.ApplicationSid) ? null : apps.StatusCallbackOf(account, options.ApplicationSid));

    private Sender? FindSender(AccountSid account, MessageForm form, out TwilioError? refusal)
    {
        refusal = null;
        if (form.IsAlphanumericSender)
        {
            if (!form.To.StartsWith("+1", StringComparison.Ordinal)) return SenderBook.Alphanumeric(form.From);
            refusal = TwilioError.BadRequest(21612, $"Message cannot be sent with the current combination of 'To' ({form.To}) and/or 'From' ({form.From}) parameters");
            return null;
        }
        if (senders.Find(account, form.From) is { } sender) return sender;
        refusal = numbers.Find(form.From) switch
        {
            { } mine when mine.Account == account => TwilioError.BadRequest(21661, $"'From' {form.From} is not SMS-capable"),
            { } => TwilioError.BadRequest(21660, $"Mismatch between the 'From' number {form.From} and the account {account}"),
            null => TwilioError.BadRequest(
                21606, $"The From phone number {form.From} is not a valid, SMS-capable inbound phone number or short code for your account."),
        };
        return null;
    }
}
