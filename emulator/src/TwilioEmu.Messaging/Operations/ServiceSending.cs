using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>A message that names a Messaging Service: its sender is chosen later, and what depends on that is found out then.</summary>
internal sealed class ServiceSending(
    World world, ServiceBook services, AcceptanceRules rules, MessageCallbacks callbacks, Dispatch dispatch, Schedule schedule)
{
    /// <param name="request">Whose.</param>
    /// <param name="form">What it asks for.</param>
    /// <param name="sid">The service's.</param>
    /// <param name="willHaveMedia">True where its template has some.</param>
    public Answer Send(RestRequest request, MessageForm form, string sid, bool willHaveMedia)
    {
        var account = request.Account;
        if (services.Find(account, sid) is not { } service) return Answer.Refuse(21701, $"The Messaging Service does not exist: {sid}");
        var pool = services.PoolOf(account, sid);
        if (pool.Count == 0) return Answer.Refuse(21704, $"The Messaging Service contains no phone numbers: {sid}");
        if (form.From.Length > 0 && pool.At(form.From) is null)
        {
            return Answer.Refuse(21711, $"The 'From' {form.From} is not associated with the Messaging Service {sid}");
        }
        if ((rules.Fault(account, form, isSenderKnown: false) ?? callbacks.Fault(account, form)) is { } fault)
        {
            return new Answer.Refusal(fault);
        }
        if (form.SendAt is { } at && schedule.Fault(account, at) is { } untimely) return new Answer.Refusal(untimely);
        if (service.IsSmartEncoded) form = form.SmartlyEncoded();
        var message = form.ToMessage(world, account, form.SendAt is null ? MessageStatus.Accepted : MessageStatus.Scheduled, new MessagePlan
        {
            From = form.From,
            ServiceSid = sid,
            StatusCallback = callbacks.Of(account, form, service),
            Validity = service.Validity,
            WillHaveMedia = willHaveMedia,
        });
        if (form.SendAt is null) dispatch.Accept(message, request.Cause);
        else schedule.Add(message, request.Cause);
        return Answer.Of(message);
    }
}
