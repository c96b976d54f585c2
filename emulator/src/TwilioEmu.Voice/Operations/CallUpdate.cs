using TwilioEmu.Carrier.Switching;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;

namespace TwilioEmu.Voice.Operations;

/// <summary><c>POST /Calls/{Sid}.json</c>: cancels, completes or redirects a call.</summary>
/// <remarks>
/// twilio.com/docs/voice/api/call-resource#update-a-call-resource.
/// <code>
/// call is      Status=canceled    Status=completed    Url or Twiml
/// queued       canceled, silent   canceled, silent    21220
/// ringing      canceled           canceled            21220
/// in-progress  no effect          completed           the new document, at once
/// finished     21220              21220               21220
/// </code>
/// An update that asks for nothing is a fetch, whatever the call's state (target/goalert, notification/twilio/client.go, asks so how its
/// calls ended).
/// </remarks>
internal sealed class CallUpdate(CallServices services)
{
    /// <summary>
    /// Without another document they are taken, answered 200, and change nothing (the
    /// warning of the page; reported of the live service; of FallbackUrl inferred).
    /// </summary>
    private static readonly string[] WithDocumentAlone = ["StatusCallback", "StatusCallbackMethod", "FallbackUrl", "FallbackMethod"];

    private static readonly string[] Documents = ["Url", "Twiml"];

    private static readonly string[] All = [.. Documents, .. WithDocumentAlone, "Method", "Status", "TimeLimit"];

    public Answer Update(RestRequest request)
    {
        var sid = request.PathValues["Sid"];
        if (services.Book.Records(request.Account).Find(sid) is not { } record) return Answer.NotFound(request);

        var form = new CallForm(request.Form);
        if (Array.TrueForAll(All, n => form.Text(n) is null)) return Answer.Of(record.SeenAt(services.World.Clock.GetUtcNow()));
        var document = form.Document();
        var status = form.Text("Status");
        if (status is not (null or "canceled" or "completed"))
        {
            form.Refuse(20001, $"Status is not valid: {status}; canceled and completed are", 0);
        }
        var timeLimit = form.TimeLimit();
        var fallback = form.Url("FallbackUrl", 21205);
        var fallbackMethod = form.Method("FallbackMethod");
        var callback = form.CallbackUrl("StatusCallback");
        var callbackMethod = form.Method("StatusCallbackMethod");
        if (form.Fault is { } fault) return new Answer.Refusal(fault);

        var call = services.Book.FindLive(sid);
        if (call is null || (document is not null && status is null && !call.IsAnswered))
        {
            return Answer.Refuse(21220, "Call is not in-progress. Cannot redirect.");
        }
        call.Cause = request.Cause;
        WarnOfDocuments(request, form, call, status is not null);
        if (document is not null)
        {
            if (fallback is not null)
            {
                call.Instructions = call.Instructions with { FallbackUrl = fallback, FallbackMethod = fallbackMethod };
            }
            if (callback is not null)
            {
                call.Instructions = call.Instructions with { StatusCallback = callback, StatusCallbackMethod = callbackMethod };
            }
        }
        else if (Array.FindAll(WithDocumentAlone, n => form.Text(n) is not null) is { Length: > 0 } vain)
        {
            services.World.Journal.Warn(
                request.Account, request.Path, request.Cause, "these parameters change nothing without Url or Twiml", vain);
        }
        if (timeLimit is { } limit) call.LimitTo(limit);
        if (status is not null) End(call, status);
        else if (document is not null)
        {
            services.World.Journal.Write(request.Account, CallEntries.Redirected, sid, request.Cause);
            call.Redirect(document);
        }
        return Answer.Of((services.Book.Records(request.Account).Find(sid) ?? record).SeenAt(services.World.Clock.GetUtcNow()));
    }

    /// <summary>
    /// Of several orders one is carried out, and the others are told of: Url rules over Twiml, as in a create, and Status over both
    /// (inferred).
    /// </summary>
    private void WarnOfDocuments(RestRequest request, CallForm form, LiveCall call, bool isEnding)
    {
        var documents = Array.FindAll(Documents, n => form.Text(n) is not null);
        if (isEnding && documents.Length > 0)
        {
            services.World.Journal.Warn(
                request.Account, request.Path, request.Cause, "these parameters change nothing beside Status", documents);
        }
        else if (documents.Length > 1) services.Raise(call.Record, 32019, "Twiml is ignored because Url is given", null, call.Cause);
    }

    private static void End(LiveCall call, string status)
    {
        if (!call.IsAnswered) call.End(LegEnd.Cancelled);
        else if (status == "completed") call.Complete();
    }
}
