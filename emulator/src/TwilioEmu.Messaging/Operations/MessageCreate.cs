using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>
/// <c>POST /Messages.json</c>: checks against the world, names the message, queues it. One turn; never waits for anybody.
/// </summary>
internal sealed class MessageCreate(
    World world, SenderFinder finder, AcceptanceRules rules, TemplateBook templates, DirectSending direct, ServiceSending through)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form, request.Account);
        if (error is not null) return new Answer.Refusal(error);
        if (form!.Content is { } order && templates.Fault(request.Account, order) is { } unfit) return new Answer.Refusal(unfit);
        if ((finder.FaultOfFallback(request.Account, form) ?? rules.Fault(request.Account)) is { } refused)
        {
            return new Answer.Refusal(refused);
        }
        form = rules.Mark(request.Account, form);
        var answer = form.ServiceSid is null
            ? direct.Send(request, form)
            : through.Send(request, form, form.ServiceSid, WillHaveMedia(request, form));
        if (answer is not Answer.Resource) return answer;
        rules.Count(request.Account);
        if (form.Options.WithoutEffect.Count > 0)
        {
            world.Journal.Warn(
                request.Account, request.Path, request.Cause, "these parameters have no effect here", form.Options.WithoutEffect);
        }
        if (MagicNumbers.CureOf(form.To) is { Length: > 0 } magic)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, $"{form.To} is a phone like any other here{magic}");
        }
        return answer;
    }

    private bool WillHaveMedia(RestRequest request, MessageForm form) =>
        form.Content is { } order && templates.Find(request.Account, order.Sid)!.HasMedia;
}
