using TwilioEmu.Accounts.TestCredentials;
using TwilioEmu.Kernel;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Operations;

/// <summary><c>POST /Calls</c> with test credentials: checked as any, answered as any; no phone rings.</summary>
internal sealed class TestCalls(World world)
{
    public Answer Create(RestRequest request)
    {
        var form = new CallForm(request.Form);
        var (from, to) = Parties(form);
        // A test account has no applications.
        if (form.Text("ApplicationSid") is { } sid)
        {
            form.Refuse(21218, $"ApplicationSid {sid} is not valid: no application with a voice URL", 0);
        }
        else if (form.Document() is null) form.Refuse(21205, "Url parameter is required.", 0);
        form.Url("FallbackUrl", 21205);
        form.Method("FallbackMethod");
        form.CallbackUrl("StatusCallback");
        form.Method("StatusCallbackMethod");
        form.SendDigits();
        form.Timeout();
        form.TimeLimit();
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        return Answer.Of(Call.Queued(world, request.Account, from, to));
    }

    private static (string From, string To) Parties(CallForm form)
    {
        if (form.Text("To") is not { } to) return form.Refuse(21201, "No 'To' number is specified", ("", ""));
        if (form.Text("From") is not { } from) return form.Refuse(21213, "From phone number is required.", ("", ""));
        var caller = Address.ToE164(from) ?? from;
        var callee = Address.IsOther(to) ? to : Address.ToE164(to);
        if (callee is null) return form.Refuse(21211, $"Invalid 'To' Phone Number: {NumberMask.Of(to)}", ("", ""));
        return MagicNumbers.OfCall(caller, callee) is { } fault ? form.Refuse(fault.Code, fault.Message, ("", "")) : (caller, callee);
    }
}
